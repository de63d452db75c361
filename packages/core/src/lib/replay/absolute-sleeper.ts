import type { Clock, Sleeper } from "@cassette/format";

/** A timer may fire early by rounding: the rest is slept again. */
const CLOSE_ENOUGH_MS = 0.5;
/** `setTimeout` takes no longer delay. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * A sleeper that receives gaps but waits for the sum of all gaps since it was made: the time that a consumer takes for one
 * event is not added to the next gap, so a replay does not drift.
 */
export function createAbsoluteSleeper(clock: Pick<Clock, "monotonic">): Sleeper {
  let due = clock.monotonic();
  return async (delayMs, signal) => {
    signal?.throwIfAborted();
    due += delayMs;
    for (;;) {
      const left = due - clock.monotonic();
      if (left < CLOSE_ENOUGH_MS) return;
      await wait(Math.min(left, MAX_TIMEOUT_MS), signal);
    }
  };
}

function wait(delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(finish, delayMs);
    signal?.addEventListener("abort", abort, { once: true });
    function finish() {
      signal?.removeEventListener("abort", abort);
      resolve();
    }
    function abort() {
      clearTimeout(timer);
      reject(signal?.reason);
    }
  });
}
