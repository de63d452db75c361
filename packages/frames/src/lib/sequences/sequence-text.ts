const CONTROL = /[\0-\x1a\x1c-\x1f\x7f]/;
const CONTROLS = new RegExp(CONTROL, "g");

let lastSequence: Uint8Array | undefined;
let lastText = "";

/**
 * A sequence as text, one character a byte, without the control characters within it but ESC. What looks at a sequence asks for
 * this, one after the other: so the last answer is kept.
 */
export function sequenceText(sequence: Uint8Array): string {
  if (sequence === lastSequence) return lastText;
  lastSequence = sequence;
  lastText = Buffer.from(sequence.buffer, sequence.byteOffset, sequence.byteLength).toString("latin1");
  if (CONTROL.test(lastText)) lastText = lastText.replace(CONTROLS, "");
  return lastText;
}
