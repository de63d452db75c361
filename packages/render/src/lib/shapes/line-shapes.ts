import type { ScreenUnderline } from "@cassette/format";
import { type CellBox, lineEdges, type Rect, type Shape, tidy } from "./cell-box.js";

/** Distance of the underline from the top, and of the line through the middle, as parts of the height. */
const UNDERLINE_AT = 0.9;
const STRIKE_AT = 0.52;

/** The underline of a character that is `cols` wide. */
export function underlineShape(kind: ScreenUnderline["kind"], cols: number, box: CellBox): Shape {
  const width = cols * box.width;
  const center = UNDERLINE_AT * box.height;
  const [top, bottom] = lineEdges(center, box.light, box);
  switch (kind) {
    case "single":
      return { rects: [[0, top, width, bottom]], isThin: true };
    case "double":
      return {
        rects: [0, -2 * box.light].map((up): Rect => [0, tidy(top + up), width, tidy(bottom + up)]),
        isThin: true,
      };
    case "dotted":
      return { rects: dashes(4 * cols, 0.5, width, top, bottom, box), isThin: true };
    case "dashed":
      return { rects: dashes(2 * cols, 0.65, width, top, bottom, box), isThin: true };
    case "curly":
      return { rects: [], curve: (x, y) => wave(cols, x, y + center, box) };
  }
}

/** The line through a character. */
export function strikeShape(cols: number, box: CellBox): Shape {
  const [top, bottom] = lineEdges(STRIKE_AT * box.height, box.light, box);
  return { rects: [[0, top, cols * box.width, bottom]], isThin: true };
}

function dashes(
  count: number,
  part: number,
  width: number,
  top: number,
  bottom: number,
  { snap }: CellBox,
): Rect[] {
  const step = width / count;
  return Array.from({ length: count }, (_, index): Rect => {
    const from = snap(tidy(index * step));
    return [from, top, Math.max(snap(tidy((index + part) * step)), from + tidy(bottom - top) / 2), bottom];
  });
}

/** One wave a column, as a band between two curves, so that it is filled like every shape. */
function wave(cols: number, x: number, y: number, { width, light }: CellBox): string {
  const high = light * 1.1;
  const half = light / 2;
  const n = tidy;
  let there = `M${n(x)} ${n(y - half)}`;
  let back = "";
  for (let col = 0; col < cols; col++) {
    const [from, to] = [x + col * width, x + (col + 1) * width];
    const [quarter, threeQuarters] = [from + width / 4, from + (3 * width) / 4];
    const middle = from + width / 2;
    there += `Q${n(quarter)} ${n(y - half - 2 * high)} ${n(middle)} ${n(y - half)}T${n(to)} ${n(y - half)}`;
    back = `Q${n(threeQuarters)} ${n(y + half + 2 * high)} ${n(middle)} ${n(y + half)}Q${n(quarter)} ${n(y + half - 2 * high)} ${n(from)} ${n(y + half)}${back}`;
  }
  return `${there}L${n(x + cols * width)} ${n(y + half)}${back}Z`;
}
