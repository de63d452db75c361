import type { Clock, PtyDriver, PtyExit, PtySession, Screen, Sleeper, TerminalSize } from "@cassette/format";
import type { Assertion } from "../assertions/cassette-assertion.js";
import type { Evidence } from "../evidence/evidence.js";

/** What to run, and on what. */
export interface TerminalOptions {
  argv: readonly [string, ...string[]];
  /** Default: 24 rows × 80 columns. */
  size?: TerminalSize;
  cwd?: string;
  /** The whole environment. Default: the caller's. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Runs the program: by default the real terminal of `@cassette/pty`; a replayed one, or a fake. */
  driver?: PtyDriver;
  /** How waits take time. Default: the system's. */
  time?: { clock: Clock; sleep: Sleeper };
}

/** How long to wait. Default: 15 s. */
export interface WaitOptions {
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** A program on a terminal, for tests: what a person would type, wait for and see. */
export interface Terminal {
  /** What is underneath. Its events are taken. */
  readonly session: PtySession;
  type(text: string): Promise<void>;
  /** @throws CassetteError `CASSETTE_KEY_UNKNOWN`. */
  press(...keys: string[]): Promise<void>;
  paste(text: string): Promise<void>;
  resize(size: TerminalSize): Promise<void>;
  /** Notes a place that assertions can name. */
  mark(label: string): Promise<void>;
  /** The current screen. */
  screen(): Screen;
  /**
   * Waits until the screen contains a text or matches. Blanks up to the cursor count: a prompt can be waited for as it is
   * written, `"$ "`.
   * @throws AssertionError that shows the screen, after the time or when the program has ended before.
   */
  waitFor(wanted: string | RegExp, options?: WaitOptions): Promise<Screen>;
  /** Waits until nothing was printed, typed, pasted or resized for so long. */
  waitSettled(settledMs: number, options?: WaitOptions): Promise<Screen>;
  /** Waits until an assertion of scenario files holds over all that happened so far. */
  waitUntil(assertion: Assertion, options?: WaitOptions): Promise<void>;
  /** Waits for the end of the program and all of its output. */
  waitForExit(options?: WaitOptions): Promise<PtyExit>;
  /** What happened so far, for assertions: `expect(terminal)`, `assertHolds(terminal, …)`. */
  evidence(): Evidence;
  /** Ends the program and releases everything. Idempotent. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
