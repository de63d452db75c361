import type { Clock } from "@cassette/format";

/** A clock that shows the time it is set to, in milliseconds since it was created. */
export interface FakeClock extends Clock {
  at(ms: number): void;
}

export function fakeClock(start = "2026-02-03T04:05:06.789Z"): FakeClock {
  const epoch = Date.parse(start);
  let elapsed = 0;
  return {
    at(ms) {
      elapsed = ms;
    },
    now: () => epoch + elapsed,
    monotonic: () => elapsed,
  };
}
