import { sequenceText } from "./sequence-text.js";

/** Whether text wraps at the margin (DECAWM). */
export interface Autowrap {
  readonly isOn: boolean;
  /** What XTRESTORE makes of it. */
  readonly isSavedOn: boolean;
}

/** What a terminal begins with. */
export const INITIAL_AUTOWRAP: Autowrap = { isOn: true, isSavedOn: false };

const CHANGE_OF_MODES = /^(?:\x1b\[|\xc2\x9b)\?([\d;:]*)([hlsr])$/;
const SOFT_OR_FULL_RESET = /^(?:(?:\x1b\[|\xc2\x9b)[\d;:]*!p|\x1bc)$/;
const AUTOWRAP_MODE = 7;
const LAST_BYTES = new Set([..."hlsrpc"].map((letter) => letter.charCodeAt(0)));

/** Whether {@link autowrapAfter} may return another value after a sequence with this last byte. */
export function maySetAutowrap(final: number): boolean {
  return LAST_BYTES.has(final);
}

/** Whether text wraps after a whole sequence. */
export function autowrapAfter(sequence: Uint8Array, before: Autowrap): Autowrap {
  const text = sequenceText(sequence);
  if (SOFT_OR_FULL_RESET.test(text)) return { ...before, isOn: true };
  const [, modes, final] = CHANGE_OF_MODES.exec(text) ?? [];
  if (!modes?.split(";").some((mode) => Number.parseInt(mode, 10) === AUTOWRAP_MODE)) return before;
  if (final === "s") return { ...before, isSavedOn: before.isOn };
  return { ...before, isOn: final === "r" ? before.isSavedOn : final === "h" };
}
