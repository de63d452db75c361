import type { Recording } from "./recording.js";

/** A screen on which a row that matches is new, or before which such a line scrolled by. */
export interface Hit {
  /** Number of the screen. */
  screen: number;
  /** Place of the row, from 0; null for a line that scrolled by. */
  row: number | null;
  text: string;
}

/** @throws SyntaxError for an expression that is none. */
export function patternOf(text: string, isExpression: boolean): RegExp {
  return new RegExp(isExpression ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "iu");
}

/** Every moment at which a row that matches came onto the screen. */
export function search(recording: Recording, pattern: RegExp): Hit[] {
  const matching = matchingRows(recording, pattern);
  const hits: Hit[] = [];
  let before: readonly number[] = [];
  for (const [number, { rows, passed }] of recording.screens.entries()) {
    for (const text of passed) if (pattern.test(text)) hits.push({ screen: number, row: null, text });
    if (matching.size === 0) continue;
    for (const [at, row] of rows.entries()) {
      if (row === before[at] || !matching.has(row) || before.includes(row)) continue;
      hits.push({ screen: number, row: at, text: recording.textOf(row) });
    }
    before = rows;
  }
  return hits;
}

function matchingRows(recording: Recording, pattern: RegExp): Set<number> {
  const matching = new Set<number>();
  for (let row = 0; row < recording.rows.length; row++)
    if (pattern.test(recording.textOf(row))) matching.add(row);
  return matching;
}
