import { LINE_KINDS, type LineKind } from "./record-kinds.js";

/** Offsets in one file at which a line starts, with the line's `seq`. */
interface Marks {
  /** Keeps the place if the last one kept is far enough back. */
  offer(seq: number, offset: number): void;
  /** Where to start reading in order to get every record with a greater `seq`. */
  before(seq: number): number;
}

/** The checkpoints of each file. */
export type LineCheckpoints = Record<LineKind, Marks>;

const EVERY_BYTES = 256 * 1024;

/** Makes checkpoints at every quarter of a mebibyte, which cost almost nothing. */
export function createLineCheckpoints(): LineCheckpoints {
  return Object.fromEntries(LINE_KINDS.map((kind) => [kind, createMarks()])) as LineCheckpoints;
}

function createMarks(): Marks {
  const kept = [{ seq: 0, offset: 0 }];
  let next = EVERY_BYTES;
  return {
    offer(seq, offset) {
      if (offset < next) return;
      kept.push({ seq, offset });
      next = offset + EVERY_BYTES;
    },
    before(seq) {
      let low = 0;
      let high = kept.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((kept[middle]?.seq ?? Number.POSITIVE_INFINITY) <= seq) low = middle + 1;
        else high = middle;
      }
      return kept[low - 1]?.offset ?? 0;
    },
  };
}
