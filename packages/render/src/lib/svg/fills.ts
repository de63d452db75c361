import type { Rect } from "../shapes/cell-box.js";
import { SMOOTH } from "./inks.js";
import { number } from "./markup.js";

/** Areas of a picture by their colour, in the order in which colours first occur. */
export interface Fills {
  /** An area whose edges are those of pixels, so that areas side by side have no seams. */
  add(className: string, rect: Rect, alpha?: number): void;
  /** A thin line, with smooth edges. */
  addLine(className: string, rect: Rect): void;
  addCurve(className: string, path: string): void;
  /** One path for each colour. */
  markup(): string;
}

export function createFills(): Fills {
  const areas = new Map<string, Rect[]>();
  const lines = new Map<string, Rect[]>();
  const curves = new Map<string, string[]>();
  return {
    add: (className, rect, alpha = 1) => push(areas, `${className}/${alpha}`, rect),
    addLine: (className, rect) => push(lines, className, rect),
    addCurve: (className, path) => push(curves, className, path),
    markup() {
      const crisp = [...areas].map(([key, rects]) => {
        const [className = "", alpha] = key.split("/");
        return pathElement(className, mergedPath(rects), alpha);
      });
      const smooth = [...new Set([...lines.keys(), ...curves.keys()])].map((className) => {
        const path = mergedPath(lines.get(className) ?? []) + (curves.get(className) ?? []).join("");
        return pathElement(`${className} ${SMOOTH}`.trim(), path, "1");
      });
      return [...crisp, ...smooth].join("");
    },
  };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function mergedPath(rects: readonly Rect[]): string {
  return mergeRects(rects).map(rectPath).join("");
}

function pathElement(className: string, d: string, alpha = "1"): string {
  const classes = className === "" ? "" : ` class="${className}"`;
  const opacity = alpha === "1" ? "" : ` opacity="${number(Number(alpha))}"`;
  return `<path${classes}${opacity} d="${d}"/>`;
}

function rectPath([x0, y0, x1, y1]: Rect): string {
  const width = number(x1 - x0);
  return `M${pair(x0, y0)}h${width}v${number(y1 - y0)}h-${width}z`;
}

/** Two numbers; a minus separates them by itself. */
function pair(x: number, y: number): string {
  const second = number(y);
  return `${number(x)}${second.startsWith("-") ? "" : " "}${second}`;
}

/** Joins rectangles that touch along a whole edge: first side by side, then one below the other. */
function mergeRects(rects: readonly Rect[]): Rect[] {
  const rows = mergeAlong(rects, 0);
  return mergeAlong(rows, 1);
}

/** Joins along an axis: 0 horizontally, 1 vertically. */
function mergeAlong(rects: readonly Rect[], axis: 0 | 1): Rect[] {
  const across = 1 - axis;
  const sorted = [...rects].sort(
    (a, b) =>
      at(a, across) - at(b, across) || at(a, across + 2) - at(b, across + 2) || at(a, axis) - at(b, axis),
  );
  const merged: Rect[] = [];
  for (const rect of sorted) {
    const last = merged.at(-1);
    const touches =
      last !== undefined &&
      at(last, across) === at(rect, across) &&
      at(last, across + 2) === at(rect, across + 2) &&
      at(rect, axis) <= at(last, axis + 2);
    if (touches) merged[merged.length - 1] = union(last, rect);
    else merged.push(rect);
  }
  return merged;
}

function at(rect: Rect, edge: number): number {
  return rect[edge] ?? 0;
}

function union(a: Rect, b: Rect): Rect {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}
