import type { KnownModes } from "@cassette/format";
import { endsTypedLine } from "../typed-line.js";
import type { InputDraft, SessionEvent } from "./records.js";

/**
 * Turns what was typed into what may be recorded of it. While the terminal shows nothing although it reads by lines, a
 * password is being typed: of each such line one record says that it was typed, and nothing else. The same holds for what is
 * said to be secret.
 */
export function createInputFilter(): (event: SessionEvent) => InputDraft[] {
  let insideWithheldLine = false;

  function withheldLines(bytes: Uint8Array): InputDraft[] {
    const records: InputDraft[] = [];
    for (const byte of bytes) {
      if (!insideWithheldLine) records.push({ withheld: true });
      insideWithheldLine = !endsTypedLine(byte);
    }
    return records;
  }

  return (event) => {
    const secret = event.origin === "secret" || (event.origin !== "answer" && isHiddenLine(event.modes));
    if (secret) return withheldLines(event.bytes ?? new Uint8Array());
    insideWithheldLine = false;
    return [{ bytes: event.bytes, key: event.key, ...(event.origin === "answer" ? { answer: true } : {}) }];
  };
}

/** Whether the terminal shows nothing although it reads by lines. Of modes that could not be read, the worst is assumed. */
export function isHiddenLine(modes?: KnownModes): boolean {
  if (modes === "unreadable") return true;
  return modes?.canonical === true && !modes.echo;
}
