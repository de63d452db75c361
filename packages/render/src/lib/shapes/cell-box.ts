/** The cell that shapes are drawn in, in the units of the picture. */
export interface CellBox {
  width: number;
  height: number;
  /** Thickness of a light line; a heavy one has twice as much. */
  light: number;
  /** Puts an edge on the grid of pixels, where there is one. */
  snap: (position: number) => number;
  /** The same for the edges of thin lines, which are blurred or doubled between pixels. Default: `snap`. */
  snapLine?: (position: number) => number;
}

/** Left, top, right and bottom, from the cell's upper left corner. */
export type Rect = readonly [x0: number, y0: number, x1: number, y1: number];

/** What is drawn in place of a character, so that it joins its neighbours. */
export interface Shape {
  rects: Rect[];
  /** The rectangles are thin lines: drawn without smooth edges, they would vanish where the picture is shown smaller. */
  isThin?: true;
  /** Curves and slanted lines, as an SVG path for a cell whose corner is at `(x, y)`; drawn with smooth edges. */
  curve?: (x: number, y: number) => string;
  /** How opaque it is. Default: 1. */
  alpha?: number;
}

/** The edges of a line around a centre. */
export function lineEdges(
  center: number,
  thickness: number,
  { snap, snapLine = snap }: CellBox,
): [number, number] {
  const start = snapLine(center - thickness / 2);
  return [start, tidy(start + thickness)];
}

/** A coordinate without the noise of floating point. */
export function tidy(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
