import type { StreamMask } from "@cassette/format";

/** Masks of several scans, each of what the ones before it left. */
export interface OutputMask {
  add(mask: StreamMask): void;
  /** The bytes masked; the same object if nothing in them is. */
  apply(bytes: Uint8Array, offset: number): Uint8Array;
}

/** Makes a mask that masks nothing yet. */
export function createOutputMask(): OutputMask {
  const masks: StreamMask[] = [];
  return {
    add: (mask) => void masks.push(mask),
    apply(bytes, offset) {
      let masked = bytes;
      for (const mask of masks) {
        if (touches(mask.ranges, offset, offset + bytes.length)) masked = mask.apply(masked, offset);
      }
      return masked;
    },
  };
}

/** Whether one of the ranges, which are in order, reaches into a piece. */
function touches(ranges: StreamMask["ranges"], start: number, end: number): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const first = ranges[low];
  return first !== undefined && first[0] < end;
}
