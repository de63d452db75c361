import { CassetteError, MAX_TERMINAL_SIZE, type TerminalSize } from "@cassette/format";

/**
 * @throws CassetteError `CASSETTE_SIZE_INVALID` unless both are whole numbers from 1 to 500: a hostile cassette may name any size.
 */
export function assertTerminalSize({ rows, cols }: TerminalSize): void {
  if (isAcceptable(rows) && isAcceptable(cols)) return;
  throw new CassetteError("CASSETTE_SIZE_INVALID", "The emulator cannot draw a terminal of that size.", {
    expected: `1…${MAX_TERMINAL_SIZE}`,
    actual: `${rows} rows, ${cols} columns`,
  });
}

function isAcceptable(count: number): boolean {
  return Number.isInteger(count) && count >= 1 && count <= MAX_TERMINAL_SIZE;
}
