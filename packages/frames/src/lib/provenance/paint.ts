import { CELL_MODE, type Cell } from "@cassette/format";

/**
 * A byte offset as a pair of colours: the foreground holds its low 24 bits, the background the rest and whether the
 * character is a space. A colour pair distinguishes 2⁴⁷ bytes.
 */
const IS_SPACE = 1 << 23;
const LOW_BITS = 2 ** 24;
const SPACE = 0x20;

/** The SGR sequence that paints what follows with an offset. */
export function paint(offset: number, isSpace: boolean): string {
  const high = Math.floor(offset / LOW_BITS) | (isSpace ? IS_SPACE : 0);
  return `\x1b[38;2;${channels(offset % LOW_BITS)};48;2;${channels(high)}m`;
}

/** The offset a cell was painted with; null for one that was not, or was emptied since. */
export function offsetOf({ Char, Mode, FG, BG }: Cell): number | null {
  if ((Mode & CELL_MODE.fgRgb) === 0 || (Mode & CELL_MODE.bgRgb) === 0) return null;
  const isEmptied = Char === SPACE && (BG & IS_SPACE) === 0;
  return isEmptied ? null : FG + (BG & ~IS_SPACE) * LOW_BITS;
}

function channels(value: number): string {
  return `${(value >> 16) & 0xff};${(value >> 8) & 0xff};${value & 0xff}`;
}
