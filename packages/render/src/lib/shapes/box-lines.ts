import { BOX_ARMS, DASHES } from "./box-arms.js";
import { type CellBox, lineEdges, type Rect, tidy } from "./cell-box.js";

const DOUBLE = 3;

/** The rectangles of a box-drawing character; empty for one that has no straight lines from its centre. */
export function boxLines(char: string, box: CellBox): Rect[] {
  const dashes = DASHES[char];
  if (dashes) return dashed(dashes, box);
  const arms = BOX_ARMS[(char.codePointAt(0) ?? 0) - 0x2500] ?? [];
  return arms.flatMap((weight, direction) => (weight === 0 ? [] : armRects(arms, direction, box)));
}

/**
 * The rectangles of one arm, from its edge of the cell to where it meets the others. An arm on the way to the right is the arm
 * on the way up, seen with the axes exchanged.
 */
function armRects(arms: readonly number[], direction: number, box: CellBox): Rect[] {
  const isVertical = direction % 2 === 0;
  const isForward = direction === 1 || direction === 2;
  const length = isVertical ? box.height : box.width;
  const own = bandOf(arms[direction] ?? 0, (isVertical ? box.width : box.height) / 2, box);
  return own.map(([low, high], strand) => {
    const end = strandEnd(arms, direction, strand, length / 2, box);
    const [from, to] = isForward ? [end, length] : [0, end];
    return isVertical ? [low, from, high, to] : [from, low, to, high];
  });
}

/** The edges of a line, or of both strands of a double one, in rising order. */
function bandOf(weight: number, center: number, box: CellBox): [number, number][] {
  if (weight !== DOUBLE) return [lineEdges(center, weight * box.light, box)];
  const [low, high] = lineEdges(center, 3 * box.light, box);
  return [
    [low, tidy(low + box.light)],
    [tidy(high - box.light), high],
  ];
}

/** How far a strand of an arm reaches into the cell, along its own axis. */
function strandEnd(arms: readonly number[], direction: number, strand: number, center: number, box: CellBox) {
  const [before = 0, after = 0] = direction % 2 === 0 ? [arms[3], arms[1]] : [arms[0], arms[2]];
  const goesOn = (arms[(direction + 2) % 4] ?? 0) !== 0;
  const sides: Sides = strand === 0 ? [before, after] : [after, before];
  const meeting = arms[direction] === DOUBLE ? metByStrand(sides, goesOn) : metByLine(sides, goesOn);
  return meetingEdge(meeting, direction, center, box);
}

/**
 * The weights of the arms that cross: on the side of a strand, and opposite. Of a vertical arm the first strand is the left one,
 * of a horizontal the upper.
 */
type Sides = [beside: number, opposite: number];

/** What an arm meets: nothing, of weight 0; a line's far edge, so that corners are filled; or a double line's near strand. */
interface Meeting {
  weight: number;
  edge: "near" | "far";
}

function metByStrand([beside, opposite]: Sides, goesOn: boolean): Meeting {
  if (beside === DOUBLE) return { weight: DOUBLE, edge: "near" };
  const weight = goesOn ? 0 : opposite;
  return { weight: beside === 0 ? weight : beside, edge: "far" };
}

function metByLine([beside, opposite]: Sides, goesOn: boolean): Meeting {
  if (goesOn) return { weight: 0, edge: "far" };
  const isAcross = beside === DOUBLE && opposite === DOUBLE;
  return { weight: Math.max(beside, opposite), edge: isAcross ? "near" : "far" };
}

function meetingEdge({ weight, edge }: Meeting, direction: number, center: number, box: CellBox) {
  if (weight === 0) return center;
  const strands = bandOf(weight, center, box);
  const comesFromStart = direction === 0 || direction === 3;
  const isFirst = (edge === "near") === comesFromStart;
  const [low, high] = (isFirst ? strands[0] : strands.at(-1)) ?? [center, center];
  return comesFromStart ? high : low;
}

function dashed(dashes: NonNullable<(typeof DASHES)[string]>, box: CellBox): Rect[] {
  const { count, vertical, heavy } = dashes;
  const length = vertical ? box.height : box.width;
  const [low, high] = lineEdges((vertical ? box.width : box.height) / 2, box.light * (heavy ? 2 : 1), box);
  return Array.from({ length: count }, (_, index): Rect => {
    const from = box.snap(tidy((length * (index + 0.2)) / count));
    const to = box.snap(tidy((length * (index + 0.8)) / count));
    return vertical ? [low, from, high, to] : [from, low, to, high];
  });
}
