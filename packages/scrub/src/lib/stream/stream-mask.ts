import type { StreamMask } from "@cassette/format";
import type { SourceHit } from "./lane.js";
import { maskOf } from "./mask.js";

/** Makes the masks of hits. */
export function createStreamMask(hits: readonly SourceHit[]): StreamMask {
  const pieces = hits.flatMap(piecesOf).sort((a, b) => a.start - b.start);
  const masks: { start: number; bytes: Uint8Array }[] = [];
  for (const piece of pieces) {
    const last = masks.at(-1);
    if (last && piece.start <= last.start + last.bytes.length) last.bytes = joined(last, piece);
    else masks.push({ ...piece });
  }
  return {
    ranges: masks.map(({ start, bytes }) => [start, start + bytes.length]),
    apply(bytes, offset) {
      const masked = Uint8Array.from(bytes);
      for (let index = firstAfter(masks, offset); index < masks.length; index++) {
        const { start, bytes: mask } = masks[index] ?? { start: Number.POSITIVE_INFINITY, bytes };
        if (start >= offset + bytes.length) break;
        const from = Math.max(0, offset - start);
        const to = Math.min(mask.length, offset + bytes.length - start);
        masked.set(mask.subarray(from, to), start + from - offset);
      }
      return masked;
    },
  };
}

interface Piece {
  start: number;
  bytes: Uint8Array;
}

function piecesOf({ spans, bytes }: SourceHit): Piece[] {
  let at = 0;
  return spans.map(([start, end]) => {
    const piece = { start, bytes: maskOf(bytes.subarray(at, at + end - start)) };
    at += end - start;
    return piece;
  });
}

function joined(one: Piece, other: Piece): Uint8Array {
  const skip = one.start + one.bytes.length - other.start;
  return Buffer.concat([one.bytes, other.bytes.subarray(skip)]);
}

/** The first mask that ends behind a position. */
function firstAfter(masks: readonly Piece[], position: number): number {
  let [low, high] = [0, masks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const mask = masks[middle];
    if (mask && mask.start + mask.bytes.length <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
