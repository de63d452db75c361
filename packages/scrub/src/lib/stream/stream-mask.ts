import type { StreamMask } from "@cassette/format";
import type { SourceHit } from "./lane.js";
import { maskOf } from "./mask.js";

/** Makes the masks of hits. */
export function createStreamMask(hits: readonly SourceHit[]): StreamMask {
  const pieces: Piece[] = [];
  for (const hit of hits) pushPieces(pieces, hit);
  pieces.sort((a, b) => a.start - b.start);
  const ranges: [number, number, number][] = [];
  const masks: string[] = [];
  let length = 0;
  for (let first = 0; first < pieces.length; ) {
    const { next, start, mask } = groupFrom(pieces, first);
    ranges.push([start, start + mask.length, length]);
    masks.push(mask);
    length += mask.length;
    first = next;
  }
  return { ranges, bytes: Uint8Array.from(Buffer.from(masks.join(""), "latin1")) };
}

/** A mask and where it goes. */
interface Piece {
  readonly start: number;
  readonly mask: string;
}

function pushPieces(pieces: Piece[], { spans, text }: SourceHit): void {
  let at = 0;
  for (const [start, end] of spans) {
    pieces.push({ start, mask: maskOf(text.slice(at, at + end - start)) });
    at += end - start;
  }
}

/** The pieces that touch or overlap one another, from the first on and up to `next`, as one; where they overlap the earlier one counts. */
function groupFrom(pieces: readonly Piece[], first: number) {
  const start = pieces[first]?.start ?? 0;
  let mask = "";
  for (let next = first; ; next++) {
    const piece = pieces[next];
    const end = start + mask.length;
    if (piece === undefined || piece.start > end) return { next, start, mask };
    mask += piece.mask.slice(end - piece.start);
  }
}
