import { type CellBox, lineEdges, tidy } from "./cell-box.js";

/** The corner that an arc's ends lead to: the direction right or left, down or up. */
const ARCS: Readonly<Record<string, [right: boolean, down: boolean]>> = {
  "╭": [true, true],
  "╮": [false, true],
  "╯": [false, false],
  "╰": [true, false],
};

/** Corners of a filled area by fractions of the cell, for the separators of status lines. */
const POLYGONS: Readonly<Record<string, string>> = {
  "\ue0b0": "0,0 1,.5 0,1",
  "\ue0b2": "1,0 0,.5 1,1",
  "\ue0b8": "0,0 1,1 0,1",
  "\ue0ba": "1,0 1,1 0,1",
  "\ue0bc": "0,0 1,0 0,1",
  "\ue0be": "0,0 1,0 1,1",
};

/** The curve of an arc, a diagonal or a separator; null for any other character. */
export function curveOf(char: string, box: CellBox): ((x: number, y: number) => string) | null {
  const arc = ARCS[char];
  if (arc) return (x, y) => arcPath(arc, box, x, y);
  const polygon = POLYGONS[char];
  if (polygon !== undefined) return (x, y) => polygonPath(polygon, box, x, y);
  const lines = diagonalsOf(char);
  return lines.length === 0 ? null : (x, y) => lines.map((rises) => diagonalPath(rises, box, x, y)).join("");
}

function diagonalsOf(char: string): boolean[] {
  if (char === "╱") return [true];
  if (char === "╲") return [false];
  return char === "╳" ? [true, false] : [];
}

/** A quarter of a ring between two straight ends, as thick as a light line. */
function arcPath([right, down]: [boolean, boolean], box: CellBox, x: number, y: number): string {
  const { width, height, light } = box;
  const [left0, left1] = lineEdges(width / 2, light, box);
  const [top0, top1] = lineEdges(height / 2, light, box);
  const radius = Math.min(width, height) / 2 - light / 2;
  const signX = right ? 1 : -1;
  const signY = down ? 1 : -1;
  // Edges on the outer and the inner side of the bend.
  const [outerX, innerX] = right ? [left0, left1] : [left1, left0];
  const [outerY, innerY] = down ? [top0, top1] : [top1, top0];
  const sideX = right ? width : 0;
  const sideY = down ? height : 0;
  const bendX = innerX + signX * radius;
  const bendY = innerY + signY * radius;
  const sweep = right === down;
  const point = (px: number, py: number) => `${tidy(x + px)} ${tidy(y + py)}`;
  const turn = (r: number, clockwise: boolean, px: number, py: number) =>
    `A${tidy(r)} ${tidy(r)} 0 0 ${clockwise ? 1 : 0} ${point(px, py)}`;
  return [
    `M${point(sideX, outerY)}L${point(bendX, outerY)}`,
    turn(radius + light, !sweep, outerX, bendY),
    `L${point(outerX, sideY)}L${point(innerX, sideY)}L${point(innerX, bendY)}`,
    turn(radius, sweep, bendX, innerY),
    `L${point(sideX, innerY)}Z`,
  ].join("");
}

function polygonPath(corners: string, { width, height }: CellBox, x: number, y: number): string {
  const points = corners.split(" ").map((corner) => {
    const [across = 0, down = 0] = corner.split(",").map(Number);
    return `${tidy(x + across * width)} ${tidy(y + down * height)}`;
  });
  return `M${points.join("L")}Z`;
}

function diagonalPath(rises: boolean, { width, height, light }: CellBox, x: number, y: number): string {
  const [fromY, toY] = rises ? [height, 0] : [0, height];
  const half = light * 0.6;
  const points = [
    [-half, fromY],
    [half, fromY],
    [width + half, toY],
    [width - half, toY],
  ].map(([px = 0, py = 0]) => `${tidy(x + px)} ${tidy(y + py)}`);
  return `M${points.join("L")}Z`;
}
