import type { Clock } from "@cassette/format";
import type { Timers } from "./timers.js";

/** Limits and graces of a driver's sessions. */
export interface SessionLimits {
  /** How much is read ahead of a slow reader; then the kernel stops the program. 256 KiB. */
  readAheadBytes: number;
  /** The same until the first read; a program that prints less can end before its reader comes. 8 MiB. */
  unreadBytes: number;
  /** How much input may wait to be sent. 4 MiB. */
  inputBytes: number;
  /** How long processes that the program left running may go on writing after its exit. 1,000. */
  exitGraceMs: number;
  /** How long processes have between the hang-up and SIGKILL. 2,000. */
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
