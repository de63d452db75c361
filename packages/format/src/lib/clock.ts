/** Port: the clock of a recorder and a session. */
export interface Clock {
  /** Wall-clock time in milliseconds since the Unix epoch. */
  now(): number;
  /** Milliseconds on a clock that never steps back, from any origin; fractions are fine. */
  monotonic(): number;
}

/**
 * Port: how a replay waits. It receives the recorded gap before each event that has one, in milliseconds;
 * rejecting with `signal.reason` aborts the replay.
 */
export type Sleeper = (delayMs: number, signal?: AbortSignal) => Promise<void>;
