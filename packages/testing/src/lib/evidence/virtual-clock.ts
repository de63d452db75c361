import type { Clock, Sleeper } from "@cassette/format";

/** A clock whose time advances only during a sleep. */
export interface VirtualClock extends Clock {
  /** Advances the time without waiting. */
  sleep: Sleeper;
}

/** A clock that starts at 0 and at the epoch. An hour on it takes no time. */
export function createVirtualClock(): VirtualClock {
  let passed = 0;
  return {
    now: () => passed,
    monotonic: () => passed,
    async sleep(delayMs, signal) {
      signal?.throwIfAborted();
      passed += delayMs;
    },
  };
}
