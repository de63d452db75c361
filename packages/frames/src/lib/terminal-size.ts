import { CassetteError, MAX_TERMINAL_SIZE, type TerminalSize } from "@cassette/format";

/** A screen of more cells costs too much time and memory to be drawn for a stranger's recording. */
const MOST_CELLS = 250_000;

/** @throws CassetteError `CASSETTE_SIZE_INVALID` unless both are whole numbers from 1 to 1,000, and together not too many. */
export function assertTerminalSize({ rows, cols }: TerminalSize): void {
  if (isAcceptable(rows) && isAcceptable(cols) && rows * cols <= MOST_CELLS) return;
  throw new CassetteError("CASSETTE_SIZE_INVALID", "The emulator cannot draw a terminal of that size.", {
    hint: `Rows and columns are whole numbers from 1 to ${MAX_TERMINAL_SIZE}, at most ${MOST_CELLS} cells in all.`,
    expected: `1…${MAX_TERMINAL_SIZE}`,
    actual: `${rows} rows, ${cols} columns`,
  });
}

function isAcceptable(count: number): boolean {
  return Number.isInteger(count) && count >= 1 && count <= MAX_TERMINAL_SIZE;
}
