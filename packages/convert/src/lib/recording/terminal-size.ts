import { MAX_TERMINAL_SIZE, type TerminalSize } from "@cassette/format";
import { type Place, type Source, sourceInvalid } from "../source/source.js";

/**
 * Checks a size that a source says.
 * @returns undefined where a side is 0 or absent: recorders without a terminal write that.
 * @throws CassetteError CASSETTE_SOURCE_INVALID unless rows and columns are whole numbers up to 500.
 */
export function sizeOf(source: Source, cols: unknown, rows: unknown, place: Place): TerminalSize | undefined {
  if ((cols ?? 0) === 0 || (rows ?? 0) === 0) return undefined;
  if (isSide(cols) && isSide(rows)) return { rows, cols };
  throw sourceInvalid(source, `Rows and columns are whole numbers from 1 to ${MAX_TERMINAL_SIZE}.`, place);
}

function isSide(side: unknown): side is number {
  return Number.isInteger(side) && Number(side) > 0 && Number(side) <= MAX_TERMINAL_SIZE;
}
