import type { TerminalOptions as AnyOptions, Terminal as AnyTerminal, WaitOptions } from "@cassette/terminal";
import type { Assertion } from "../assertions/cassette-assertion.js";
import type { Evidence } from "../evidence/evidence.js";

/** What to run, and how. */
export type TerminalOptions = Omit<AnyOptions, "createDisplay">;

/**
 * A program on a terminal, for tests: type, press, wait, and read the screen. Waits that fail throw an AssertionError that shows
 * the screen.
 */
export interface Terminal extends AnyTerminal {
  /** Waits until an assertion of scenario files holds for all events so far. */
  waitUntil(assertion: Assertion, options?: WaitOptions): Promise<void>;
  /** The evidence so far, for assertions: `expect(terminal)`, `assertHolds(terminal, …)`. */
  evidence(): Evidence;
}
