import type { Span } from "./hit.js";
import { occursAt, pairOf, pairSpellings } from "./pairs.js";
import { continuedTextEnd, isRowEnd, nextRow, ROW_ENDS } from "./row-join.js";

/** A literal that may be broken over two rows. */
interface Breakable<T> {
  readonly literal: string;
  readonly anyCase: boolean;
  readonly payload: T;
}

/** A literal and where it is broken. */
interface Cut<T> {
  readonly entry: Breakable<T>;
  readonly left: string;
  readonly right: string;
}

/** Looks at row ends only. */
export interface BrokenAnchors<T> {
  scan(text: string, part: Span, visit: Visit<T>): void;
}

type Visit<T> = (payload: T, at: number) => void;

/** Finds literals of which one part is at the end of a row and the rest at the start of the next. */
export function createBrokenAnchors<T>(entries: readonly Breakable<T>[]): BrokenAnchors<T> {
  // Made when a text has rows: many have none, and it takes milliseconds.
  let cuts: Map<number, Cut<T>[]> | undefined;

  function look(text: string, [from, to]: Span, rowEnd: number, visit: Visit<T>): void {
    const leftEnd = continuedTextEnd(text, rowEnd);
    const next = nextRow(text, rowEnd);
    // An empty row breaks nothing; many screens have few others.
    if (
      next === -1 ||
      isRowEnd(text.charCodeAt(next)) ||
      !(leftEnd > 0) ||
      isRowEnd(text.charCodeAt(leftEnd - 1))
    )
      return;
    const pair = pairOf(text.charCodeAt(leftEnd - 1), text.charCodeAt(next));
    cuts ??= cutsByPair(entries);
    for (const { entry, left, right } of cuts.get(pair) ?? []) {
      const at = leftEnd - left.length;
      const isHere = occursAt(text, at, left, entry.anyCase) && occursAt(text, next, right, entry.anyCase);
      if (at >= from && at < to && isHere) visit(entry.payload, at);
    }
  }

  return {
    scan(text, part, visit) {
      if (!ROW_ENDS.some((rowEnd) => text.includes(rowEnd, part[0]))) return;
      const next = ROW_ENDS.map((rowEnd) => text.indexOf(rowEnd, part[0]));
      for (let at = least(next); at !== -1; at = least(next)) {
        const which = next.indexOf(at);
        next[which] = text.indexOf(ROW_ENDS[which] ?? "", at + 1);
        // Of several bytes that end one row the first is enough.
        if (!isRowEnd(text.charCodeAt(at - 1))) look(text, part, at, visit);
      }
    },
  };
}

/** Every way to break every literal, by the two bytes on either side. */
function cutsByPair<T>(entries: readonly Breakable<T>[]): Map<number, Cut<T>[]> {
  const byPair = new Map<number, Cut<T>[]>();
  for (const entry of entries) {
    const { literal, anyCase } = entry;
    for (let cut = 1; cut < literal.length; cut++) {
      const [left, right] = [literal.slice(0, cut), literal.slice(cut)];
      const spelled = pairSpellings(literal.charCodeAt(cut - 1), literal.charCodeAt(cut), anyCase);
      for (const pair of spelled) {
        const known = byPair.get(pair);
        if (known) known.push({ entry, left, right });
        else byPair.set(pair, [{ entry, left, right }]);
      }
    }
  }
  return byPair;
}

/** The least of some positions, of which -1 is none. */
function least(positions: readonly number[]): number {
  let result = -1;
  for (const position of positions)
    if (position !== -1 && (result === -1 || position < result)) result = position;
  return result;
}
