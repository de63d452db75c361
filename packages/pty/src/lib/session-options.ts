import type { Clock } from "@cassette/format";
import type { Timers } from "./timers.js";

/** Limits and grace periods of a driver's sessions. */
export interface SessionLimits {
  /** Bytes read ahead of a slow reader; beyond that the kernel blocks the program. Default: 256 KiB. */
  readAheadBytes: number;
  /** The same until the first read: a program that prints less can end before it is read. Default: 8 MiB. */
  unreadBytes: number;
  /** Bytes of input that may wait to be sent. Default: 4 MiB. */
  inputBytes: number;
  /** Milliseconds for which background processes may write after the program's exit. Default: 1,000. */
  exitGraceMs: number;
  /** Milliseconds between the hang-up and SIGKILL. Default: 2,000. */
  killGraceMs: number;
}

/** What a session needs besides its device. */
export interface SessionSetup {
  limits: SessionLimits;
  clock: Clock;
  timers: Timers;
  timeoutMs?: number;
  signal?: AbortSignal;
}

export const DEFAULT_LIMITS: SessionLimits = {
  // More, and the blocks in the queue outlive two scavenges: 8 MiB made resident memory grow by 62 MB, 1 MiB by 22, this by 15.
  readAheadBytes: 256 * 1024,
  unreadBytes: 8 * 1024 * 1024,
  inputBytes: 4 * 1024 * 1024,
  exitGraceMs: 1_000,
  killGraceMs: 2_000,
};
