import type { Color } from "../grid/color.js";
import type { Glyph, Grid } from "../grid/read-grid.js";
import { type CellBox, type Rect, type Shape, tidy } from "../shapes/cell-box.js";
import { strikeShape, underlineShape } from "../shapes/line-shapes.js";
import { shapeOf } from "../shapes/shape-of.js";
import type { Fills } from "./fills.js";
import type { Inks } from "./inks.js";

/** Pixels of a cell's width at the default size. */
const PIXELS = 9;

/** A cell of an SVG: one unit wide and two high. */
export const CELL: CellBox = {
  width: 1,
  height: 2,
  light: tidy(1 / PIXELS),
  snap: (position) => position,
  snapLine: (position) => tidy(Math.round(position * PIXELS) / PIXELS),
};

/** Adds a row's backgrounds. `y` is its top edge. */
export function addBackgrounds(
  fills: Fills,
  line: readonly Glyph[],
  y: number,
  inks: Inks,
  background: Color,
): void {
  for (const { col, width, style } of line) {
    if (style.bg !== background) fills.add(inks.fill(style.bg), [col, y, col + width, y + CELL.height]);
  }
}

/** Adds what a row has besides text: boxes, blocks and lines. */
export function addShapes(fills: Fills, line: readonly Glyph[], y: number, inks: Inks): void {
  for (const { col, width, text, style } of line) {
    const faintOn = style.faint ? style.bg : null;
    const className = () => inks.fill(style.fg, faintOn);
    const shape = text === " " ? null : shapeOf(text, CELL);
    if (shape) addShape(fills, shape, className(), col, y);
    if (style.underline) {
      const { kind, color } = style.underline;
      const lineClass = color === null ? className() : inks.fill(color, faintOn);
      addShape(fills, underlineShape(kind, width, CELL), lineClass, col, y);
    }
    if (style.strike) addShape(fills, strikeShape(width, CELL), className(), col, y);
  }
}

/** Adds a cursor that is a line below or before its character. */
export function addThinCursor(fills: Fills, { thinCursor }: Pick<Grid, "thinCursor">, inks: Inks): void {
  if (thinCursor === null) return;
  const { row, col, width, shape, color } = thinCursor;
  const [x, y] = [col, row * CELL.height];
  const rect: Rect =
    shape === "bar"
      ? [x, y, x + 2 * CELL.light, y + CELL.height]
      : [x, y + CELL.height - 2 * CELL.light, x + width, y + CELL.height];
  fills.add(inks.fill(color), rect);
}

function addShape(fills: Fills, shape: Shape, className: string, x: number, y: number): void {
  for (const [x0, y0, x1, y1] of shape.rects) {
    const rect: Rect = [tidy(x + x0), tidy(y + y0), tidy(x + x1), tidy(y + y1)];
    if (shape.isThin) fills.addLine(className, rect);
    else fills.add(className, rect, shape.alpha);
  }
  if (shape.curve) fills.addCurve(className, shape.curve(x, y));
}
