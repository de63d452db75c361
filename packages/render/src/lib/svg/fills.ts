import type { Rect } from "../shapes/cell-box.js";
import { SMOOTH } from "./inks.js";
import { number } from "./markup.js";

/** Areas of a picture by their colour, in the order in which colours first occur. */
export interface Fills {
  add(className: string, rect: Rect, alpha?: number): void;
  addCurve(className: string, path: string): void;
  /** One path for each colour. */
  markup(): string;
}

export function createFills(): Fills {
  const areas = new Map<string, Rect[]>();
  const curves = new Map<string, string[]>();
  const push = <T>(map: Map<string, T[]>, key: string, value: T) => {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  };
  return {
    add: (className, rect, alpha = 1) => push(areas, `${className}/${alpha}`, rect),
    addCurve: (className, path) => push(curves, className, path),
    markup() {
      const crisp = [...areas].map(([key, rects]) => {
        const [className = "", alpha] = key.split("/");
        return pathElement(className, mergeRects(rects).map(rectPath).join(""), alpha);
      });
      const smooth = [...curves].map(([className, paths]) =>
        pathElement(`${className} ${SMOOTH}`.trim(), paths.join(""), "1"),
      );
      return [...crisp, ...smooth].join("");
    },
  };
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
