import { describe, expect, it } from "vitest";
import { CELL } from "../svg/row-fills.js";
import { BOX_ARMS } from "./box-arms.js";
import type { CellBox, Rect } from "./cell-box.js";
import { hasShape, shapeOf } from "./shape-of.js";

const PIXELS: CellBox = { width: 9, height: 18, light: 1, snap: Math.round };
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
const BOXES = range(0x2500, 0x257f);
const BLOCKS = [...range(0x2580, 0x259f), ...range(0x1fb00, 0x1fb3b)];

/** The filled parts of an edge of the cell: 0 top, 1 right, 2 bottom, 3 left. */
function onEdge(rects: readonly Rect[], edge: number, { width, height }: CellBox): [number, number][] {
  return rects
    .filter(([x0, y0, x1, y1]) => [y0 === 0, x1 === width, y1 === height, x0 === 0][edge])
    .map(([x0, y0, x1, y1]): [number, number] => (edge % 2 === 0 ? [x0, x1] : [y0, y1]))
    .sort(([a], [b]) => a - b);
}

function areConnected(rects: readonly Rect[]): boolean {
  const reached = new Set([0]);
  for (const index of reached)
    for (const [other, rect] of rects.entries()) if (touches(rects[index] as Rect, rect)) reached.add(other);
  return reached.size === rects.length;
}

function touches(a: Rect, b: Rect): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

describe.each([
  ["units", CELL],
  ["pixels", PIXELS],
])("shapeOf, in %s", (_name, box) => {
  it.each([...BOXES, ...BLOCKS])("%s stays in its cell", (char) => {
    const shape = shapeOf(char, box);
    expect(shape).not.toBeNull();
    for (const [x0, y0, x1, y1] of shape?.rects ?? []) {
      expect(x0 >= 0 && y0 >= 0 && x1 <= box.width && y1 <= box.height).toBe(true);
      expect(x1 > x0 && y1 > y0).toBe(true);
    }
  });

  // Characters of one weight on a shared edge meet exactly: the joints of tables have no gaps and no steps.
  it("lines of one weight leave their cell at the same place in every character", () => {
    const exits = new Map<string, string>();
    for (const [index, arms] of BOX_ARMS.entries()) {
      const rects = shapeOf(BOXES[index] ?? "", box)?.rects ?? [];
      for (const [edge, weight] of arms.entries()) {
        if (weight === 0) continue;
        const key = `${edge % 2} ${weight}`;
        const exit = JSON.stringify(onEdge(rects, edge, box));
        expect(exits.get(key) ?? exit, `${BOXES[index]} edge ${edge}`).toBe(exit);
        exits.set(key, exit);
      }
    }
    expect(exits.size).toBe(6);
  });

  it("single lines are in one piece", () => {
    for (const [index, arms] of BOX_ARMS.entries()) {
      const rects = shapeOf(BOXES[index] ?? "", box)?.rects ?? [];
      if (rects.length > 0 && arms.some((weight) => weight > 0) && !arms.includes(3))
        expect(areConnected(rects), BOXES[index]).toBe(true);
    }
  });
});

describe("shapeOf", () => {
  it("draws double corners closed on both sides, and crossings open", () => {
    const corner = shapeOf("╔", PIXELS)?.rects ?? [];
    const [upper, lower, left, right] = corner as [Rect, Rect, Rect, Rect];
    expect([areConnected([upper, left]), areConnected([lower, right]), areConnected(corner)]).toEqual([
      true,
      true,
      false,
    ]);
    const centre = (shapeOf("╬", PIXELS)?.rects ?? []).filter(
      ([x0, y0, x1, y1]) => x0 <= 4 && x1 > 4 && y0 <= 9 && y1 > 9,
    );
    expect(centre).toEqual([]);
  });

  it("fills the cell with a full block, and with halves that meet", () => {
    expect(shapeOf("█", PIXELS)?.rects).toEqual([[0, 0, 9, 18]]);
    const [upper] = shapeOf("▀", PIXELS)?.rects ?? [];
    const [lower] = shapeOf("▄", PIXELS)?.rects ?? [];
    expect(upper?.[3]).toBe(lower?.[1]);
  });

  it("has sextants by their bits", () => {
    expect(shapeOf("\u{1fb00}", CELL)?.rects).toEqual([[0, 0, 0.5, 0.667]]);
    expect(shapeOf("\u{1fb3b}", CELL)?.rects).toHaveLength(5);
  });

  it("leaves letters to the font", () => {
    expect(["a", "漢", "→", "■", "⠿", "", "\ue0a0"].map(hasShape)).toEqual(Array(7).fill(false));
  });
});
