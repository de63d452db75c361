/** Port: where a recorder and a session read the time. */
export interface Clock {
  /** Wall-clock time in milliseconds since the Unix epoch. */
  now(): number;
  /** Milliseconds on a clock that never steps back, from any origin; fractions are fine. */
  monotonic(): number;
}

/**
 * Port: what a replay waits with. It is asked for the recorded gap before each event that has one, in milliseconds;
 * rejecting with `signal.reason` aborts the replay.
 */
export type Sleeper = (delayMs: number, signal?: AbortSignal) => Promise<void>;
