import { isRowEnd, nextRow, rowTextEnd } from "./row-join.js";

/** A literal that may stand broken over two rows. */
interface Breakable<T> {
  readonly literal: string;
  readonly payload: T;
}

/** Looks at row ends only. */
export interface BrokenAnchors<T> {
  scan(text: string, from: number, visit: (payload: T, at: number) => void): void;
}

/** Finds literals of which one part stands at the end of a row and the rest at the start of the next. */
export function createBrokenAnchors<T>(entries: readonly Breakable<T>[]): BrokenAnchors<T> {
  const byPair = new Map<number, { entry: Breakable<T>; left: string; right: string }[]>();
  for (const entry of entries) {
    for (let cut = 1; cut < entry.literal.length; cut++) {
      const [left, right] = [entry.literal.slice(0, cut), entry.literal.slice(cut)];
      const pair = pairOf(left.charCodeAt(cut - 1), right.charCodeAt(0));
      byPair.set(pair, [...(byPair.get(pair) ?? []), { entry, left, right }]);
    }
  }
  return {
    scan(text, from, visit) {
      for (let at = from; at < text.length; at++) {
        if (!isRowEnd(text.charCodeAt(at))) continue;
        const leftEnd = rowTextEnd(text, at);
        const next = nextRow(text, at);
        for (const { entry, left, right } of byPair.get(
          pairOf(text.charCodeAt(leftEnd - 1), text.charCodeAt(next)),
        ) ?? []) {
          if (leftEnd - left.length < from) continue;
          if (text.endsWith(left, leftEnd) && text.startsWith(right, next))
            visit(entry.payload, leftEnd - left.length);
        }
      }
    },
  };
}

function pairOf(first: number, second: number): number {
  return ((first << 8) | second) & 0xffff;
}
