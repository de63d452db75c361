import type { StreamMask } from "@cassette/format";
import type { SourceHit } from "./lane.js";
import { writeMask } from "./mask.js";

/** Makes the masks of hits, which are in order. */
export function createStreamMask(hits: readonly SourceHit[]): StreamMask {
  let length = 0;
  for (const { text } of hits) length += text.length;
  const bytes = Buffer.alloc(length);
  const ranges: [start: number, end: number, at: number][] = [];
  let used = 0;
  let last: [number, number, number] | undefined;
  for (const { start, text } of piecesOf(hits)) {
    // Pieces that touch or overlap one another are one; where they overlap the earlier one counts.
    if (last === undefined || start > last[1]) {
      last = [start, start, used];
      ranges.push(last);
    }
    const known = last[1] - start;
    if (known >= text.length) continue;
    // A character is masked as a whole, of which one half may be known.
    used = writeMask(text, known, bytes, used);
    last[1] = start + text.length;
  }
  return { ranges, bytes: Uint8Array.from(bytes.subarray(0, used)) };
}

/** What stands in one place. */
interface Piece {
  readonly start: number;
  readonly text: string;
}

/** The spans of all hits, in order. */
function piecesOf(hits: readonly SourceHit[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const { spans, text } of hits) {
    let at = 0;
    for (const [start, end] of spans) {
      pieces.push({ start, text: spans.length === 1 ? text : text.slice(at, at + end - start) });
      at += end - start;
    }
  }
  return pieces.sort((a, b) => a.start - b.start);
}
