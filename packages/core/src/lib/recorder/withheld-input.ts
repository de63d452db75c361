import type { InputDraft, SessionEvent } from "./records.js";

const CR = 0x0d;
const LF = 0x0a;

/**
 * Turns what was typed into what may be recorded of it. While the terminal shows nothing although it reads by lines, a
 * password is being typed: of each such line one record tells that it was typed, and nothing else. So it is with what is
 * said to be secret.
 */
export function createInputFilter(): (event: SessionEvent) => InputDraft | null {
  let insideWithheldLine = false;
  return (event) => {
    const isPrompted = event.modes?.canonical === true && !event.modes.echo;
    const secret = event.origin === "secret" || (event.origin !== "answer" && isPrompted);
    if (!secret) {
      insideWithheldLine = false;
      return {
        bytes: event.bytes,
        key: event.key,
        ...(event.origin === "answer" ? { answer: true } : {}),
      };
    }
    const known = insideWithheldLine;
    const last = event.bytes?.at(-1);
    insideWithheldLine = last !== CR && last !== LF;
    return known ? null : { withheld: true };
  };
}
