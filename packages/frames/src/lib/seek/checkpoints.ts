import type { Emulator, EmulatorCheckpoint } from "@cassette/format";

/** An emulator's state at a place in a recording. */
export interface Checkpoint {
  position: { seq: number; t_ms: number /** Bytes of output so far. */; bytes: number };
  state: EmulatorCheckpoint;
}

/** Checkpoints in the order of the recording. */
export interface Checkpoints {
  /** Takes a checkpoint where the last one lies far enough back. */
  offer(position: Checkpoint["position"], emulator: Emulator): void;
  /** The last one whose place is acceptable; places are acceptable up to some point. */
  nearest(isAcceptable: (position: Checkpoint["position"]) => boolean): Checkpoint | undefined;
  readonly bytes: number;
}

/** @param every bytes of output from one to the next. */
export function createCheckpoints(every: number): Checkpoints {
  const taken: Checkpoint[] = [];
  let bytes = 0;
  return {
    offer(position, emulator) {
      if (position.bytes - (taken.at(-1)?.position.bytes ?? 0) < every) return;
      const state = emulator.checkpoint?.();
      if (!state) return;
      taken.push({ position, state });
      bytes += state.bytes;
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
