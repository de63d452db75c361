import { isDeepStrictEqual } from "node:util";
import type { CursorShape, ScreenDetails, ScreenSpan, TerminalSize } from "@cassette/format";
import type { HiddenState } from "./hidden-state.js";
import { internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";
import type { RowReader } from "./row-reader.js";
import { linkOf, underlineOf } from "./underline.js";

type BufferCell = ReturnType<Terminal["buffer"]["active"]["getNullCell"]>;

/** Reads the details that frames do not contain. */
export function readDetails(
  terminal: Terminal,
  reader: RowReader,
  { rows, cols }: TerminalSize,
  hidden: HiddenState,
): ScreenDetails {
  const detailed = Array.from({ length: rows }, (_, row) => row).filter((row) => reader.hasMore(row, cols));
  return {
    links: spansOf(terminal, detailed, cols, (cell) => {
      const uri = hidden.links.get(linkOf(cell));
      return uri === undefined ? null : { uri };
    }),
    underlines: spansOf(terminal, detailed, cols, underlineOf),
    cursorShape: cursorShapeOf(terminal),
    colors: colorsOf(hidden),
  };
}

/** Runs of neighbouring cells with an equal value, in some rows. */
function spansOf<T extends object>(
  terminal: Terminal,
  rows: readonly number[],
  cols: number,
  read: (cell: BufferCell) => T | null,
): (ScreenSpan & T)[] {
  const buffer = terminal.buffer.active;
  const cell = buffer.getNullCell();
  const spans: (ScreenSpan & T)[] = [];
  for (const row of rows) {
    const line = buffer.getLine(buffer.baseY + row);
    let before: T | null = null;
    for (let col = 0; col < cols; col++) {
      const loaded = line?.getCell(col, cell);
      const found = loaded === undefined ? null : read(loaded);
      const last = spans.at(-1);
      if (found !== null && last !== undefined && isDeepStrictEqual(found, before)) last.end = col + 1;
      else if (found !== null) spans.push({ row, start: col, end: col + 1, ...found });
      before = found;
    }
  }
  return spans;
}

function cursorShapeOf(terminal: Terminal): CursorShape | null {
  const modes = internalsOf(terminal)?.coreService.decPrivateModes as
    | { cursorStyle?: CursorShape["shape"]; cursorBlink?: boolean }
    | undefined;
  if (modes?.cursorStyle === undefined) return null;
  return { shape: modes.cursorStyle, blinks: modes.cursorBlink === true };
}

function colorsOf({ colors }: HiddenState): ScreenDetails["colors"] {
  const palette = [...colors].flatMap(([name, color]) =>
    name.startsWith("4;") ? [[Number(name.slice(2)), color] as const] : [],
  );
  const [foreground, background, cursor] = ["10", "11", "12"].map((name) => colors.get(name));
  return {
    palette: Object.fromEntries(palette),
    ...(foreground !== undefined && { foreground }),
    ...(background !== undefined && { background }),
    ...(cursor !== undefined && { cursor }),
  };
}
