/** How the time of a cut passes. */
export interface CutPace {
  /** Longer pauses take only so long; milliseconds. */
  maxIdleMs?: number;
  /** Factor by which everything is faster. Default: 1. */
  speed?: number;
}

/** The times of a cut, in the order of its records. */
export interface CutClock {
  /** Goes to a time of the source. */
  advanceTo(t_ms: number): void;
  /** Milliseconds since the cut began, as the recorder reads it. */
  monotonic(): number;
}

/** Starts at a time of the source. */
export function createCutClock(startMs: number, { maxIdleMs, speed = 1 }: CutPace): CutClock {
  let last = startMs;
  let elapsed = 0;
  return {
    advanceTo(t_ms) {
      const pause = Math.max(0, t_ms - last);
      last = Math.max(last, t_ms);
      elapsed += Math.min(pause, maxIdleMs ?? Number.POSITIVE_INFINITY) / speed;
    },
    monotonic: () => Math.floor(elapsed),
  };
}
