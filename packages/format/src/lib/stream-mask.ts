/** Replacements for ranges of a stream of bytes. Plain data: it can be sent to a worker. */
export interface StreamMask {
  /** Byte ranges that change, in order, disjoint and not adjacent; the mask of each begins at `at` in `bytes`. */
  readonly ranges: readonly (readonly [start: number, end: number, at: number])[];
  /** The masks of all ranges, one after the other. */
  readonly bytes: Uint8Array;
}

/**
 * Applies a mask to a piece of the stream; any split into pieces gives the same bytes.
 * @param offset where the piece begins in the stream, in bytes.
 * @returns a copy, or the same object if nothing in it is masked.
 */
export function applyMask(mask: StreamMask, bytes: Uint8Array, offset: number): Uint8Array {
  const { ranges } = mask;
  const pieceEnd = offset + bytes.length;
  let masked = bytes;
  for (let index = firstBehind(ranges, offset); index < ranges.length; index++) {
    const [start, end, at] = ranges[index] ?? [pieceEnd, pieceEnd, 0];
    if (start >= pieceEnd) break;
    if (masked === bytes) masked = Uint8Array.from(bytes);
    const from = Math.max(start, offset);
    masked.set(mask.bytes.subarray(at + from - start, at + Math.min(end, pieceEnd) - start), from - offset);
  }
  return masked;
}

/** The first range that ends after an offset. */
function firstBehind(ranges: StreamMask["ranges"], offset: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
