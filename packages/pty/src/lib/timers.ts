import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "@cassette/format";

/** The timers of a session. */
export interface Timers {
  /** Calls `run` after `ms`; returns a function that cancels it. */
  after(ms: number, run: () => void): () => void;
  /** Calls `run` soon, after what is already due. */
  soon(run: () => void): void;
  pause(ms: number): Promise<void>;
}

export const realTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  soon: (run) => void setImmediate(run),
  pause: (ms) => sleep(ms),
};

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
