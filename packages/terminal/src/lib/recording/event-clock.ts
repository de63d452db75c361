import type { Clock } from "@cassette/format";

/** A clock that shows the time of the event being recorded. */
export interface EventClock extends Clock {
  /** Advances to `ms` since the start; never goes back. */
  advanceTo(ms: number): void;
}

/**
 * Makes the recorder's clock: it shows when an event happened, not when it is written.
 */
export function createEventClock(startedAt: number): EventClock {
  let elapsed = 0;
  return {
    now: () => startedAt + elapsed,
    monotonic: () => elapsed,
    advanceTo(ms) {
      elapsed = Math.max(elapsed, ms);
    },
  };
}
