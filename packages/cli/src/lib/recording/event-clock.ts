import type { Clock } from "@cassette/format";

/** A clock that shows the time of the event being recorded. */
export interface EventClock extends Clock {
  /** Moves on to `ms` since the start; a time that has passed leaves it where it is. */
  advanceTo(ms: number): void;
}

/**
 * Makes the recorder's clock: time is read where an event happens, not where it is written.
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
