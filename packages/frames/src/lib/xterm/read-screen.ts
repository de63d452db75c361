import type { Screen, SnapshotOptions, TerminalSize } from "@cassette/format";
import { trimTrailingSpaces } from "../trim-trailing-spaces.js";
import type { HiddenState } from "./hidden-state.js";
import type { Terminal } from "./library.js";
import { readCells } from "./read-cells.js";
import { readDetails } from "./read-details.js";

/** Reads the current screen. `size` is the requested one: the library has at least two columns. */
export function readScreen(
  terminal: Terminal,
  { rows, cols }: TerminalSize,
  hidden: HiddenState,
  { cells = false, details = false }: SnapshotOptions = {},
): Screen {
  const buffer = terminal.buffer.active;
  const screen: Screen = {
    size: { Rows: rows, Cols: cols },
    text: Array.from({ length: rows }, (_, row) => {
      const line = buffer.getLine(buffer.baseY + row);
      return line === undefined ? "" : trimTrailingSpaces(line.translateToString(true, 0, cols));
    }),
    cursor: {
      Row: buffer.cursorY,
      // After the last column has been written the cursor waits beyond it; what is shown is the last column.
      Col: Math.min(buffer.cursorX, cols - 1),
      Visible: hidden.cursorVisible,
    },
    title: hidden.title,
    alternate: buffer.type === "alternate",
  };
  if (cells) screen.cells = readCells(buffer, { rows, cols });
  if (details) screen.details = readDetails(terminal, { rows, cols }, hidden);
  return screen;
}
