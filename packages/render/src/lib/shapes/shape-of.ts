import { blockShape } from "./blocks.js";
import { boxLines } from "./box-lines.js";
import type { CellBox, Shape } from "./cell-box.js";
import { curveOf } from "./curves.js";

/** First and last code points that may have a shape: boxes and blocks, separators of status lines, sextants. */
const RANGES = [
  [0x2500, 0x259f],
  [0xe0b0, 0xe0be],
  [0x1fb00, 0x1fb3b],
] as const;

/** Whether a character is drawn as a shape, whatever the font. */
export function hasShape(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x2500 || !RANGES.some(([first, last]) => code >= first && code <= last)) return false;
  return shapeOf(char, UNIT_BOX) !== null;
}

/** What is drawn in place of a character, so that it joins its neighbours; null where the font draws it. */
export function shapeOf(char: string, box: CellBox): Shape | null {
  const block = blockShape(char, box);
  if (block) return block;
  const curve = curveOf(char, box);
  if (curve) return { rects: [], curve };
  const rects = boxLines(char, box);
  return rects.length === 0 ? null : { rects, isThin: true };
}

const UNIT_BOX: CellBox = { width: 1, height: 2, light: 0.1, snap: (position) => position };
