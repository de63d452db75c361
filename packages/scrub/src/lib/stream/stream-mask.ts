import type { StreamMask } from "@cassette/format";
import type { SourceHit } from "./lane.js";
import { ASTERISK, isMaskedByAsterisks, maskOf } from "./mask.js";

/** Makes the masks of hits, which are in order. */
export function createStreamMask(hits: readonly SourceHit[]): StreamMask {
  let length = 0;
  for (const { text } of hits) length += text.length;
  const bytes = Buffer.alloc(length, ASTERISK);
  const ranges: [start: number, end: number, at: number][] = [];
  let used = 0;
  let last: [number, number, number] | undefined;
  for (const { start, end, text } of piecesOf(hits)) {
    // Pieces that touch or overlap one another are one; where they overlap the earlier one counts.
    if (last === undefined || start > last[1]) {
      last = [start, start, used];
      ranges.push(last);
    }
    const known = last[1];
    if (known >= end) continue;
    // A character is masked as a whole, of which one half may be known.
    if (text !== "") bytes.write(maskOf(text).slice(known - start), used, "latin1");
    used += end - known;
    last[1] = end;
  }
  return { ranges, bytes: Uint8Array.from(bytes.subarray(0, used)) };
}

/** What is masked in one place. */
interface Piece {
  readonly start: number;
  readonly end: number;
  /** What is there; empty if its mask is made of asterisks, as almost every one is. */
  readonly text: string;
}

/** The spans of all hits, in order. */
function piecesOf(hits: readonly SourceHit[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const { spans, text } of hits) {
    const isPlain = isMaskedByAsterisks(text);
    let at = 0;
    for (const [start, end] of spans) {
      pieces.push({ start, end, text: isPlain ? "" : text.slice(at, at + end - start) });
      at += end - start;
    }
  }
  return pieces.sort((a, b) => a.start - b.start);
}
