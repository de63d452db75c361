import type { PtyExit, PtySession, Screen, SnapshotOptions, TerminalSize } from "@cassette/format";
import type { Condition, WaitOutcome } from "./condition.js";

/** How long to wait. Default: 15 s. */
export interface WaitOptions {
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** Where to look for a text: on the whole screen, its rows joined by newlines, or in any single row. */
export type WaitScope = "screen" | "line";

/** A program on a terminal: what a person would type, wait for and see. */
export interface Terminal extends AsyncDisposable {
  /** What is underneath. Its events are taken. */
  readonly session: PtySession;
  type(text: string): Promise<void>;
  /** Types a text of which a recording keeps only that it was typed. */
  typeSecret(text: string): Promise<void>;
  /**
   * Presses keys by their names ("Enter", "C-c", "F5"), one after another.
   * @throws CassetteError `CASSETTE_KEY_UNKNOWN`.
   */
  press(...keys: string[]): Promise<void>;
  paste(text: string): Promise<void>;
  /** Sends bytes as they are. */
  send(bytes: Uint8Array): Promise<void>;
  /** @throws CassetteError `CASSETTE_SIZE_INVALID`. */
  resize(size: TerminalSize): Promise<void>;
  /**
   * Sends a signal ("SIGTERM") to the program's process group.
   * @throws CassetteError `CASSETTE_SIGNAL_UNKNOWN`.
   */
  signal(name: string): Promise<void>;
  /** Notes a moment that assertions and readers of the recording can name. */
  mark(label: string): Promise<void>;
  /** The current screen. Default: with cells. */
  screen(options?: SnapshotOptions): Promise<Screen>;
  /** Whether the screen shows a text, or matches, now. */
  shows(wanted: string | RegExp, options?: WaitOptions & { in?: WaitScope }): Promise<boolean>;
  /**
   * Waits until the screen contains a text or matches. Blanks up to the cursor count: a prompt can be waited for as it is
   * written, `"$ "`.
   * @returns the screen that shows it.
   * @throws CassetteError `CASSETTE_WAIT_FAILED` after the time, when the program has ended before, or for a pattern that takes too
   * long; `signal.reason` when aborted. So do the other waits.
   */
  waitFor(wanted: string | RegExp, options?: WaitOptions & { in?: WaitScope }): Promise<Screen>;
  /** Waits until nothing was printed, typed, pasted or resized for so many milliseconds, or the program has ended. */
  waitSettled(settledMs: number, options?: WaitOptions): Promise<Screen>;
  /** Waits for the end of the program and all of its output. */
  waitForExit(options?: WaitOptions): Promise<PtyExit>;
  /** Waits for a condition of the caller's, without an error when it does not come. */
  wait(condition: Condition, options?: WaitOptions): Promise<WaitOutcome>;
  /** Ends the program and releases everything. Idempotent. */
  close(): Promise<void>;
}
