import type { Glyph, Grid } from "../grid/read-grid.js";
import { PLAIN } from "../grid/style.js";
import type { CellBox } from "../shapes/cell-box.js";
import { resolveColor, resolveText, type Theme } from "../theme/theme.js";
import type { Atlas } from "./atlas.js";
import { type Area, type Canvas, createRamps, drawMask, fillArea, pixelOf } from "./canvas.js";

/** Keeps a canvas as the last screen was, and draws what is different in the next. */
export interface Painter {
  /** Draws a screen; returns the parts of the canvas that it drew: nothing is drawn that was so before. */
  paint(grid: Grid): Area[];
}

export interface PainterOptions {
  canvas: Canvas;
  /** Where the screen is on it, and how large it is; what is beyond is not drawn. */
  left: number;
  top: number;
  rows: number;
  cols: number;
  box: CellBox;
  theme: Theme;
  atlas: Atlas;
}

/** What a painter remembers. */
interface State {
  options: PainterOptions;
  ramps: ReturnType<typeof createRamps>;
  /** The glyph that begins in each cell, row by row. */
  shown: (Glyph | undefined)[];
  background: number | null;
  cursor: { key: string; index: number } | null;
}

export function createPainter(options: PainterOptions): Painter {
  const state: State = { options, ramps: createRamps(), shown: [], background: null, cursor: null };
  return { paint: (grid) => paint(state, grid) };
}

function paint(state: State, grid: Grid): Area[] {
  const { theme, atlas } = state.options;
  const areas: Area[] = [];
  const background = resolveColor(grid.background, theme);
  if (background !== state.background) {
    const whole = screenArea(state);
    areas.push(whole);
    fillArea(state.options.canvas, whole, pixelOf(background));
    state.shown = [];
    state.background = background;
  }
  forgetOldCursor(state, grid);
  const changes = changedGlyphs(state, grid);
  atlas.prepare(changes.map(({ glyph }) => glyph));
  for (const { glyph, row } of changes) {
    drawGlyph(state, glyph, row);
    addCell(areas, cellArea(state, row, glyph.col, glyph.width));
  }
  const cursor = drawThinCursor(state, grid);
  return cursor === null ? areas : [...areas, cursor];
}

/** Cells side by side are one area. */
function addCell(areas: Area[], cell: Area): void {
  const last = areas.at(-1);
  if (last?.x1 === cell.x0 && last.y0 === cell.y0 && last.y1 === cell.y1) last.x1 = cell.x1;
  else areas.push(cell);
}

function changedGlyphs(
  { shown, options: { rows, cols } }: State,
  grid: Grid,
): { glyph: Glyph; row: number }[] {
  const changes: { glyph: Glyph; row: number }[] = [];
  for (let row = 0; row < rows; row++) {
    for (const glyph of padded(grid.lines[row], cols)) {
      if (glyph.col + glyph.width > cols) break;
      const index = row * cols + glyph.col;
      const before = shown[index];
      if (before?.text === glyph.text && before.style === glyph.style && before.width === glyph.width)
        continue;
      shown[index] = glyph;
      if (glyph.width === 2) shown[index + 1] = undefined;
      changes.push({ glyph, row });
    }
  }
  return changes;
}

/** Rows and columns that a smaller screen does not have are blank. */
function padded(line: readonly Glyph[] | undefined, cols: number): readonly Glyph[] {
  const last = line?.at(-1);
  const end = last === undefined ? 0 : last.col + last.width;
  if (line !== undefined && end >= cols) return line;
  const blanks = Array.from({ length: cols - end }, (_, index) => blank(end + index));
  return [...(line ?? []), ...blanks];
}

function blank(col: number): Glyph {
  return { col, width: 1, text: " ", style: PLAIN };
}

/** What a thin cursor was drawn over is drawn again where it is not any more. */
function forgetOldCursor(state: State, grid: Grid): void {
  if (state.cursor === null || state.cursor.key === cursorKey(grid)) return;
  state.shown[state.cursor.index] = undefined;
  state.cursor = null;
}

function cursorKey({ thinCursor }: Grid): string {
  return JSON.stringify(thinCursor);
}

function drawThinCursor(state: State, grid: Grid): Area | null {
  const { canvas, theme, box, cols, rows } = state.options;
  const { thinCursor } = grid;
  if (thinCursor === null || thinCursor.row >= rows || thinCursor.col >= cols) return null;
  const area = cellArea(state, thinCursor.row, thinCursor.col, thinCursor.width);
  const thickness = 2 * box.light;
  const part =
    thinCursor.shape === "bar" ? { ...area, x1: area.x0 + thickness } : { ...area, y0: area.y1 - thickness };
  fillArea(canvas, part, pixelOf(resolveColor(thinCursor.color, theme)));
  const isNew = state.cursor === null;
  state.cursor = { key: cursorKey(grid), index: thinCursor.row * cols + thinCursor.col };
  return isNew ? area : null;
}

function drawGlyph(state: State, glyph: Glyph, row: number): void {
  const { canvas, atlas, box, theme } = state.options;
  const { style, width } = glyph;
  const area = cellArea(state, row, glyph.col, width);
  const back = resolveColor(style.bg, theme);
  const front = resolveText(style.fg, style.faint ? style.bg : null, theme);
  const mask = atlas.glyph(glyph);
  const maskWidth = width * box.width;
  if (mask === null) fillArea(canvas, area, pixelOf(back));
  else drawMask(canvas, area.x0, area.y0, mask, maskWidth, state.ramps(front, back), false);
  for (const { mask: line, color } of atlas.lines(glyph)) {
    const set = color === "underline" ? style.underline?.color : null;
    const ink = set == null ? front : resolveText(set, style.faint ? style.bg : null, theme);
    drawMask(canvas, area.x0, area.y0, line, maskWidth, state.ramps(ink, back), true);
  }
}

function screenArea({ options: { left, top, rows, cols, box } }: State): Area {
  return { x0: left, y0: top, x1: left + cols * box.width, y1: top + rows * box.height };
}

function cellArea({ options: { left, top, box } }: State, row: number, col: number, width: number): Area {
  const x0 = left + col * box.width;
  const y0 = top + row * box.height;
  return { x0, y0, x1: x0 + width * box.width, y1: y0 + box.height };
}
