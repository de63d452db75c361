import type { Emulator, EmulatorCheckpoint } from "@cassette/format";

/** An emulator's state at a place in a recording. */
export interface Checkpoint {
  position: { seq: number; t_ms: number /** Bytes of output so far. */; bytes: number };
  state: EmulatorCheckpoint;
}

/** Checkpoints in the order of the recording. */
export interface Checkpoints {
  /** Takes a checkpoint if the last one is far enough back. @returns whether it did. */
  offer(position: Checkpoint["position"], emulator: Emulator): boolean;
  /** The last one whose place is acceptable: a binary search, so all before some point must be acceptable and none after it. */
  nearest(isAcceptable: (position: Checkpoint["position"]) => boolean): Checkpoint | undefined;
  readonly bytes: number;
}

/** Bytes of output for each byte of a checkpoint: together they take a sixty-fourth of the output. */
const SHARE = 64;
/** Closer checkpoints hardly make a seek quicker. */
const LEAST_EVERY = 131_072;

/** @param every bytes of output from one to the next; by default as many as keep checkpoints small beside the output. */
export function createCheckpoints(every?: number): Checkpoints {
  const taken: Checkpoint[] = [];
  let bytes = 0;
  /** Byte offset at which the next one is due. */
  let due = every ?? LEAST_EVERY;
  return {
    offer(position, emulator) {
      if (position.bytes < due) return false;
      const state = emulator.checkpoint?.();
      if (!state) return false;
      taken.push({ position, state });
      bytes += state.bytes;
      due = position.bytes + (every ?? Math.max(LEAST_EVERY, SHARE * state.bytes));
      return true;
    },
    nearest(isAcceptable) {
      let low = 0;
      let high = taken.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        const candidate = taken[middle];
        if (candidate && isAcceptable(candidate.position)) low = middle + 1;
        else high = middle;
      }
      return taken[low - 1];
    },
    get bytes() {
      return bytes;
    },
  };
}
