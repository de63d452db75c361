import {
  CELL_COLOR,
  CELL_MODE,
  type Cell,
  type CursorShape,
  graphemesByColumn,
  replaceUnsafe,
  type Screen,
  type ScreenSpan,
} from "@cassette/format";
import { type CellDetails, setColor, styleOfCell } from "./cell-style.js";
import { BACKGROUND, type Color, CURSOR, rgbColor } from "./color.js";
import { createStylePool, PLAIN, type Style } from "./style.js";

/** A character in its place. Wide ones take two columns. */
export interface Glyph {
  col: number;
  width: 1 | 2;
  /** A grapheme cluster. */
  text: string;
  style: Style;
}

/** A screen ready to be drawn: styles resolved up to the theme, the cursor put in. */
export interface Grid {
  rows: number;
  cols: number;
  /** Per row, from left to right; together they cover every column. A row that has not changed may be that of an earlier grid. */
  lines: (readonly Glyph[])[];
  /** The screen's background, where the program set it. */
  background: Color;
  /** A cursor that is not a block; a block is in the style of its character. */
  thinCursor: { row: number; col: number; width: 1 | 2; shape: "underline" | "bar"; color: Color } | null;
  title: string;
}

/** The part of a screen to draw, counted from zero. */
export interface Crop {
  row: number;
  col: number;
  rows: number;
  cols: number;
}

/** What a grid is read with. */
export interface GridOptions {
  /** Draw the cursor. Default: true. */
  cursor?: boolean;
  /** Default: the whole screen. */
  crop?: Crop;
}

/** Makes a function that reads screens; equal styles of its grids are identical. */
export function createGridReader({ cursor = true, crop }: GridOptions): (screen: Screen) => Grid {
  const pool = createStylePool();
  const readRow = createRowReader(pool);
  return (screen) => {
    const { cells } = screen;
    if (cells === undefined)
      throw new TypeError("A picture needs a screen with cells: snapshot({ cells: true }).");
    const { row: top, col: left, rows, cols } = visiblePart(screen, crop);
    const details = detailsByRow(screen);
    const colors = JSON.stringify(screen.details?.colors ?? {});
    const lines = Array.from({ length: rows }, (_, index) => {
      const row = top + index;
      return cut(readRow(cells[row] ?? [], row, details(row), colors, screen), left, cols);
    });
    const grid: Grid = {
      rows,
      cols,
      lines,
      background: setColor(BACKGROUND, screen.details?.colors),
      thinCursor: null,
      title: screen.title,
    };
    if (cursor && screen.cursor.Visible) putCursor(grid, screen, top, left, pool);
    return grid;
  };
}

function visiblePart({ size: { Rows, Cols } }: Screen, crop: Crop | undefined): Crop {
  if (crop === undefined) return { row: 0, col: 0, rows: Rows, cols: Cols };
  const row = Math.min(Math.max(0, crop.row), Rows - 1);
  const col = Math.min(Math.max(0, crop.col), Cols - 1);
  return {
    row,
    col,
    rows: Math.max(1, Math.min(crop.rows, Rows - row)),
    cols: Math.max(1, Math.min(crop.cols, Cols - col)),
  };
}

/** Finds what the details say of a row's columns; null for a row that they do not mention. */
function detailsByRow({ details }: Screen): (row: number) => ((col: number) => CellDetails) | null {
  const rows = new Map<number, CellDetails[]>();
  const fill = ({ row, start, end }: ScreenSpan, found: CellDetails) => {
    const columns = rows.get(row) ?? [];
    for (let col = start; col < end; col++) columns[col] = { ...columns[col], ...found };
    rows.set(row, columns);
  };
  for (const underline of details?.underlines ?? []) fill(underline, { underline });
  for (const link of details?.links ?? []) fill(link, { uri: link.uri });
  return (row) => {
    const columns = rows.get(row);
    return columns === undefined ? null : (col) => columns[col] ?? NONE;
  };
}

const NONE: CellDetails = {};

/** A line, and what it was read from. */
interface KnownLine {
  line: readonly Glyph[];
  text: string;
  /** The set colours, as JSON. */
  colors: string;
}

/** Makes a function that reads rows; one whose cells it knows is not read again. */
function createRowReader(pool: (style: Style) => Style) {
  const known = new WeakMap<readonly Cell[], KnownLine>();
  return (
    cells: readonly Cell[],
    row: number,
    details: ((col: number) => CellDetails) | null,
    colors: string,
    screen: Screen,
  ): readonly Glyph[] => {
    const text = screen.text[row] ?? "";
    if (details !== null) return readLine(cells, text, details, screen, pool);
    const before = known.get(cells);
    if (before !== undefined && before.text === text && before.colors === colors) return before.line;
    const line = readLine(cells, text, details, screen, pool);
    known.set(cells, { line, text, colors });
    return line;
  };
}

function readLine(
  cells: readonly Cell[],
  text: string,
  details: ((col: number) => CellDetails) | null,
  { size, details: all }: Screen,
  pool: (style: Style) => Style,
): Glyph[] {
  const clusters = graphemesByColumn(cells, text);
  const line: Glyph[] = [];
  let last: ReadCell | undefined;
  for (let col = 0; col < size.Cols; col++) {
    const cell = cells[col] ?? EMPTY;
    const shown = shownText(cell, clusters[col]);
    const isBlank = shown === " ";
    if (details !== null || !last || !looksLike(cell, isBlank, last)) {
      const style = styleOfCell(cell, details?.(col) ?? NONE, all?.colors);
      last = { cell, isBlank, style: pool(isBlank ? blankStyle(cell, style) : style) };
    }
    const width = widthOf(cell, size.Cols - col);
    line.push({ col, width, text: shown, style: last.style });
    if (width === 2) col++;
  }
  return line;
}

/** A cell that was read, and the style that it got. */
interface ReadCell {
  cell: Cell;
  isBlank: boolean;
  style: Style;
}

/** Whether a cell without details has the style of the one before. */
function looksLike(cell: Cell, isBlank: boolean, { cell: other, isBlank: wasBlank }: ReadCell): boolean {
  if (isBlank !== wasBlank) return false;
  return cell.Mode === other.Mode && cell.FG === other.FG && cell.BG === other.BG;
}

/** A wide character that has no room for its second half takes one column. */
function widthOf({ Mode }: Cell, columns: number): Glyph["width"] {
  return Mode & CELL_MODE.wideHead && columns > 1 ? 2 : 1;
}

/** A cluster without invisible characters, which would take a position in a picture. */
function shownText({ Mode }: Cell, cluster = " "): string {
  if (Mode & CELL_MODE.hidden) return " ";
  const isPlain = cluster.length === 1 && cluster >= " " && cluster < "\u007f";
  return isPlain ? cluster : replaceUnsafe(cluster, "") || "\ufffd";
}

const EMPTY: Cell = {
  Char: 0x20,
  Mode: 0,
  FG: CELL_COLOR.defaultForeground,
  BG: CELL_COLOR.defaultBackground,
};

/** Of a space only the background, lines and the link matter. A concealed character has no lines either. */
function blankStyle({ Mode }: Cell, style: Style): Style {
  const { bg, link } = style;
  if (Mode & CELL_MODE.hidden) return { ...PLAIN, bg };
  const { fg, faint, underline, strike } = style;
  const isLined = underline !== null || strike;
  return { ...PLAIN, bg, link, ...(isLined && { fg, faint, underline, strike }) };
}

/** The glyphs between two columns. Half of a wide one becomes a space. */
function cut(line: readonly Glyph[], left: number, cols: number): readonly Glyph[] {
  const isWhole = left === 0 && line.length > 0 && endOf(line.at(-1)) <= cols;
  if (isWhole) return line;
  return line.flatMap((glyph): Glyph[] => {
    const from = Math.max(glyph.col, left);
    const to = Math.min(endOf(glyph), left + cols);
    if (to <= from) return [];
    const isCut = to - from < glyph.width;
    const half = { width: 1 as const, text: " ", style: { ...PLAIN, bg: glyph.style.bg } };
    return [{ ...glyph, ...(isCut && half), col: from - left }];
  });
}

function endOf(glyph: Glyph | undefined): number {
  return glyph === undefined ? 0 : glyph.col + glyph.width;
}

function putCursor(
  grid: Grid,
  { cursor, details }: Screen,
  top: number,
  left: number,
  pool: (style: Style) => Style,
): void {
  const row = cursor.Row - top;
  const col = cursor.Col - left;
  const line = grid.lines[row];
  const index = line?.findIndex((glyph) => glyph.col <= col && col < endOf(glyph)) ?? -1;
  const glyph = line?.[index];
  if (line === undefined || glyph === undefined) return;
  const color = details?.colors.cursor === undefined ? CURSOR : rgbColor(details.colors.cursor);
  const shape: CursorShape["shape"] = details?.cursorShape?.shape ?? "block";
  if (shape === "block") {
    const style = { ...glyph.style, fg: glyph.style.bg, bg: color, faint: false };
    grid.lines[row] = line.with(index, { ...glyph, style: pool(style) });
  } else {
    grid.thinCursor = { row, col: glyph.col, width: glyph.width, shape, color };
  }
}
