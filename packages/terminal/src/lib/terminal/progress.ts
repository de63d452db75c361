import type { Clock, PtyEvent, PtyExit, PtyInputEvent } from "@cassette/format";
import { type ChangeNotifier, createChangeNotifier } from "./change-notifier.js";
import { type Echoes, noteEcho } from "./echoes.js";

/** How far a session has come, for those who wait for something in it. */
export interface Progress {
  changes: ChangeNotifier;
  clock: Clock;
  /** When something was last printed or done, on the clock. */
  lastStirMs: number;
  /** Something was printed since something was done last. */
  isPrinted: boolean;
  /** Something was ever printed. */
  hasPrinted: boolean;
  /** What is in front of the cursor in its row, where something is being typed. */
  beforeCursor: string;
  /** What was typed and is echoed by the kernel. */
  echoes: Echoes;
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
    hasPrinted: false,
    beforeCursor: "",
    echoes: [],
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
    progress.hasPrinted = true;
  }
  if (event.kind === "input" && isEchoed(event))
    noteEcho(progress.echoes, Buffer.from(event.bytes).toString(), progress.beforeCursor);
  if (event.kind === "exit") progress.exit = event.exit;
  progress.changes.changed();
}

function isEchoed({ origin, modes }: PtyInputEvent): boolean {
  return origin === "typed" && modes !== null && modes !== "unreadable" && modes.canonical && modes.echo;
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
