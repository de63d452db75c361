import { sequenceText } from "./sequence-text.js";

const SET_OR_RESET_MODES = /^(?:\x1b\[|\xc2\x9b)\?([\d;:]*)([hl])$/;
const SOFT_OR_FULL_RESET = /^(?:(?:\x1b\[|\xc2\x9b)[\d;:]*!p|\x1bc)$/;
const AUTOWRAP_MODE = 7;
const LAST_BYTES = new Set([..."hlpc"].map((letter) => letter.charCodeAt(0)));

/** Whether {@link autowrapAfter} may return a value for a sequence with this last byte. */
export function maySetAutowrap(final: number): boolean {
  return LAST_BYTES.has(final);
}

/** Whether text wraps at the margin (DECAWM) after a whole sequence; null when the sequence does not set it. */
export function autowrapAfter(sequence: Uint8Array): boolean | null {
  const text = sequenceText(sequence);
  if (SOFT_OR_FULL_RESET.test(text)) return true;
  const [, modes, final] = SET_OR_RESET_MODES.exec(text) ?? [];
  return modes?.split(";").some((mode) => Number.parseInt(mode, 10) === AUTOWRAP_MODE) ? final === "h" : null;
}
