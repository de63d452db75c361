import type { Clock, Sleeper } from "@cassette/format";

/** Time that passes only during a sleep. */
export interface VirtualClock extends Clock {
  /** Passes the time at once. */
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
