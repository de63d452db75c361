import type { Clock, PtyEvent, PtyExit } from "@cassette/format";
import { type ChangeNotifier, createChangeNotifier } from "./change-notifier.js";

/** How far a session has come, for those who wait for something in it. */
export interface Progress {
  changes: ChangeNotifier;
  clock: Clock;
  /** When something was last printed or done, on the clock. */
  lastStirMs: number;
  /** Something was printed since something was done last. */
  isPrinted: boolean;
  /** All of the output was seen. */
  isOver: boolean;
  exit: PtyExit | undefined;
  /** Why nothing more can be waited for. */
  failure: { error: unknown; isReported: boolean } | undefined;
}

/** The progress of a session that has just started. */
export function createProgress(clock: Clock): Progress {
  return {
    changes: createChangeNotifier(),
    clock,
    lastStirMs: clock.monotonic(),
    isPrinted: false,
    isOver: false,
    exit: undefined,
    failure: undefined,
  };
}

/** Notes an event that the screen shows already. */
export function noteEvent(progress: Progress, event: PtyEvent): void {
  if (event.kind === "output") {
    progress.lastStirMs = progress.clock.monotonic();
    progress.isPrinted = true;
  }
  if (event.kind === "exit") progress.exit = event.exit;
  progress.changes.changed();
}

/** Notes that nothing comes any more. */
export function noteEnd(progress: Progress): void {
  progress.isOver = true;
  progress.changes.changed();
}

/** Notes that something is being done to the program, which now has time to react. */
export function noteAction(progress: Progress): void {
  progress.lastStirMs = progress.clock.monotonic();
  progress.isPrinted = false;
}

/** Notes why waits fail from now on. The first reason counts. */
export function noteFailure(progress: Progress, error: unknown): void {
  progress.failure ??= { error, isReported: false };
  progress.changes.changed();
}
