import type { StreamMask } from "@cassette/format";
import type { SourceHit } from "./lane.js";
import { maskOf } from "./mask.js";

/** Makes the masks of hits. */
export function createStreamMask(hits: readonly SourceHit[]): StreamMask {
  const pieces: Piece[] = [];
  for (const hit of hits) pushPieces(pieces, hit);
  pieces.sort((a, b) => a.start - b.start);
  const ranges: [number, number][] = [];
  const masks: Uint8Array[] = [];
  for (let first = 0; first < pieces.length; ) {
    const { next, start, end } = groupFrom(pieces, first);
    ranges.push([start, end]);
    masks.push(joined(pieces, first, next, end - start));
    first = next;
  }
  return { ranges, masks };
}

interface Piece {
  start: number;
  bytes: Uint8Array;
}

function pushPieces(pieces: Piece[], { spans, bytes }: SourceHit): void {
  let at = 0;
  for (const [start, end] of spans) {
    pieces.push({ start, bytes: maskOf(bytes, at, at + end - start) });
    at += end - start;
  }
}

/** The pieces that touch or overlap one another, from the first on: up to `next`. */
function groupFrom(pieces: readonly Piece[], first: number) {
  const start = pieces[first]?.start ?? 0;
  let end = start;
  for (let next = first; ; next++) {
    const piece = pieces[next];
    if (piece === undefined || piece.start > end) return { next, start, end };
    end = Math.max(end, piece.start + piece.bytes.length);
  }
}

/** A group as one; where pieces overlap the earlier one counts. */
function joined(pieces: readonly Piece[], first: number, next: number, length: number): Uint8Array {
  const only = pieces[first]?.bytes;
  if (next === first + 1 && only) return only;
  const whole = new Uint8Array(length);
  const start = pieces[first]?.start ?? 0;
  let filled = 0;
  for (let index = first; index < next; index++) {
    const piece = pieces[index] ?? { start, bytes: whole };
    const at = piece.start - start;
    if (at + piece.bytes.length <= filled) continue;
    whole.set(filled > at ? piece.bytes.subarray(filled - at) : piece.bytes, Math.max(at, filled));
    filled = at + piece.bytes.length;
  }
  return whole;
}
