import { CassetteError } from "../error.js";
import type { TerminalSize } from "../pty-port.js";

/** The size of a terminal for which none is named. */
export const DEFAULT_SIZE: TerminalSize = { rows: 24, cols: 80 };

const SIDE = "0*(?:[1-9]\\d?|[1-4]\\d\\d|500)";

/** A window size, each side from 1 to 500: `100x30`, `100x`, `x30`. */
export const WINDOW_SIZE: RegExp = new RegExp(`^\\s*(?:(${SIDE})[xX](${SIDE})?|[xX](${SIDE}))\\s*$`);

/**
 * Parses a window size: `100x30` is 100 columns and 30 rows; `100x` and `x30` leave the other at its default.
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseWindowSize(text: string): TerminalSize {
  const [match, cols = DEFAULT_SIZE.cols, rowsAfter, rowsAlone] = WINDOW_SIZE.exec(text) ?? [];
  if (match === undefined)
    throw new CassetteError(
      "CASSETTE_USAGE",
      "A window size is COLSxROWS, such as 80x24, each from 1 to 500.",
    );
  return { rows: Number(rowsAfter ?? rowsAlone ?? DEFAULT_SIZE.rows), cols: Number(cols) };
}
