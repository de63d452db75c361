import type { StreamMask } from "@cassette/format";
import type { SourceHit } from "./lane.js";
import { maskOf } from "./mask.js";

/** Makes the masks of hits. */
export function createStreamMask(hits: readonly SourceHit[]): StreamMask {
  const pieces = hits.flatMap(piecesOf).sort((a, b) => a.start - b.start);
  const masks = neighbours(pieces).map(joined);
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
  const matched = bytes();
  let at = 0;
  return spans.map(([start, end]) => {
    const piece = { start, bytes: maskOf(matched.subarray(at, at + end - start)) };
    at += end - start;
    return piece;
  });
}

/** Pieces that touch or overlap, in groups. */
function neighbours(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  let end = -1;
  for (const piece of pieces) {
    if (piece.start <= end) groups.at(-1)?.push(piece);
    else groups.push([piece]);
    end = Math.max(end, piece.start + piece.bytes.length);
  }
  return groups;
}

/** A group as one; where pieces overlap the earlier one counts. */
function joined(group: readonly Piece[]): Piece {
  const start = group[0]?.start ?? 0;
  let end = start;
  const parts: Uint8Array[] = [];
  for (const piece of group) {
    const part = piece.bytes.subarray(Math.max(0, end - piece.start));
    parts.push(part);
    end += part.length;
  }
  return { start, bytes: Buffer.concat(parts) };
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
