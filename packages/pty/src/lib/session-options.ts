import type { Clock } from "@cassette/format";
import type { Timers } from "./timers.js";

/** Limits and graces of a driver's sessions. */
export interface SessionLimits {
  /** How much is read ahead while nobody takes it; then the kernel stops the program. */
  readAheadBytes: number;
  /** How much input may wait to be sent. */
  inputBytes: number;
  /** How long those that the program left behind may go on writing after its exit. */
  exitGraceMs: number;
  /** How long processes have between the hang-up and SIGKILL. */
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
  readAheadBytes: 8 * 1024 * 1024,
  inputBytes: 4 * 1024 * 1024,
  exitGraceMs: 1_000,
  killGraceMs: 2_000,
};
