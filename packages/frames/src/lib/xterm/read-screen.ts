import type { Screen, SnapshotOptions, TerminalSize } from "@cassette/format";
import type { HiddenState } from "./hidden-state.js";
import type { Terminal } from "./library.js";
import { readDetails } from "./read-details.js";
import type { RowReader } from "./row-reader.js";

/** Reads the current screen. `size` is the requested one: the library has at least two columns. */
export function readScreen(
  terminal: Terminal,
  reader: RowReader,
  { rows, cols }: TerminalSize,
  hidden: HiddenState,
  { cells = false, details = false }: SnapshotOptions = {},
): Screen {
  const buffer = terminal.buffer.active;
  const screen: Screen = {
    size: { Rows: rows, Cols: cols },
    text: reader.text({ rows, cols }),
    cursor: {
      Row: buffer.cursorY,
      // After the last column has been written the cursor waits beyond it; what is shown is the last column.
      Col: Math.min(buffer.cursorX, cols - 1),
      Visible: hidden.cursorVisible,
    },
    title: hidden.title,
    alternate: buffer.type === "alternate",
  };
  if (cells) screen.cells = reader.cells({ rows, cols });
  if (details) screen.details = readDetails(terminal, reader, { rows, cols }, hidden);
  return screen;
}
