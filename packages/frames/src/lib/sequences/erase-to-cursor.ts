import { sequenceText } from "./sequence-text.js";

/** The last byte of ED. */
export const ERASE_FINAL = 0x4a;

const ERASE_TO_CURSOR = /^(?:\x1b\[|\xc2\x9b)(\??)0*1(?:[;:][\d;:]*)?J$/;

/**
 * Whether a sequence erases from the start of the screen to the cursor. With the cursor in the last column of the last row
 * @xterm/headless 6.0.0 throws at that, and hangs from then on.
 */
export function erasesToCursor(sequence: Uint8Array): boolean {
  return sequence.at(-1) === ERASE_FINAL && ERASE_TO_CURSOR.test(sequenceText(sequence));
}

/** Has the same effect when the cursor is in the last cell: erases everything. */
export function eraseAll(sequence: Uint8Array): Uint8Array {
  const [, prefix = ""] = ERASE_TO_CURSOR.exec(sequenceText(sequence)) ?? [];
  const controls = sequence.filter((byte) => byte < 0x20 && byte !== 0x1b);
  return Buffer.concat([controls, Buffer.from(`\x1b[${prefix}2J`)]);
}
