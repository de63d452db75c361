import type { Span } from "./hit.js";
import { lastBegun } from "./last-begun.js";

/** A text put together from pieces of another, and the way back. */
export interface Stitched {
  readonly text: string;
  /** A range of `text` as ranges of the other text. */
  outer(start: number, end: number): Span[];
  /** Where a position of the other text is in `text`; -1 if it is in none of the pieces. */
  inner(position: number): number;
}

/** Puts pieces together; they are in order and do not overlap. */
export function stitch(text: string, pieces: readonly Span[]): Stitched {
  let stitched = "";
  for (const [start, end] of pieces) stitched += text.slice(start, end);
  // Mostly there is no way back to be found.
  let starts: readonly number[] | undefined;
  function beginsOfPieces(): readonly number[] {
    starts ??= startsOf(pieces);
    return starts;
  }
  return {
    text: stitched,
    inner(position) {
      const index = lastBegun(pieces.length, (piece) => pieces[piece]?.[0] ?? 0, position);
      const [start, end] = pieces[index] ?? [0, 0];
      return position < start || position >= end ? -1 : (beginsOfPieces()[index] ?? 0) + position - start;
    },
    outer(start, end) {
      const spans: Span[] = [];
      const begins = beginsOfPieces();
      let index = Math.max(
        0,
        lastBegun(begins.length, (piece) => begins[piece] ?? 0, start),
      );
      for (; (begins[index] ?? end) < end; index++) {
        const [first, last] = pieces[index] ?? [0, 0];
        const begin = begins[index] ?? 0;
        const from = Math.max(first, first + start - begin);
        const to = Math.min(last, first + end - begin);
        if (to > from) spans.push([from, to]);
      }
      return spans;
    },
  };
}

/** Ranges in order, those that touch or overlap made one; `gap` more bytes may lie between them. */
export function mergeSpans(spans: readonly Span[], gap = 0): Span[] {
  const merged: [number, number][] = [];
  for (const [start, end] of spans) {
    const last = merged.at(-1);
    if (last && start <= last[1] + gap) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** Where each piece begins in what is put together from them. */
function startsOf(pieces: readonly Span[]): number[] {
  const starts: number[] = [];
  let length = 0;
  for (const [start, end] of pieces) {
    starts.push(length);
    length += end - start;
  }
  return starts;
}
