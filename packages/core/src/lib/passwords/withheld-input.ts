import type { KnownModes } from "@cassette/format";
import type { InputDraft, SessionEvent } from "../recorder/records.js";
import { endsTypedLine } from "../typed-line.js";

/**
 * Turns input into what may be recorded of it. While the terminal reads lines without echo, a
 * password is being typed: one record for each such line says only that it was typed. The same holds for input that is
 * marked as secret.
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

/** Whether the terminal reads lines without echo. If its modes could not be read, the worst is assumed. */
export function isHiddenLine(modes?: KnownModes): boolean {
  if (modes === "unreadable") return true;
  return modes?.canonical === true && !modes.echo;
}
