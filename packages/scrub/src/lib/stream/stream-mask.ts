import type { StreamMask } from "@cassette/format";
import type { SourceHit } from "./lane.js";
import { maskOf } from "./mask.js";

/** Makes the masks of hits. */
export function createStreamMask(hits: readonly SourceHit[]): StreamMask {
  const pieces = hits.flatMap(piecesOf).sort((a, b) => a.start - b.start);
  const masks = neighbours(pieces).map(joined);
  return {
    ranges: masks.map(({ start, bytes }) => [start, start + bytes.length]),
    masks: masks.map(({ bytes }) => bytes),
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
  // A copy of its own: what is cut from a pool would take all of that along to another thread.
  return { start, bytes: Uint8Array.from(Buffer.concat(parts)) };
}
