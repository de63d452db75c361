import type { TerminalOptions as AnyOptions, Terminal as AnyTerminal, WaitOptions } from "@cassette/terminal";
import type { Assertion } from "../assertions/cassette-assertion.js";
import type { Evidence } from "../evidence/evidence.js";

/** What to run, and on what. */
export type TerminalOptions = Omit<AnyOptions, "createDisplay">;

/**
 * A program on a terminal, for tests: what a person would type, wait for and see. Waits that fail throw an AssertionError that shows
 * the screen.
 */
export interface Terminal extends AnyTerminal {
  /** Waits until an assertion of scenario files holds over all that happened so far. */
  waitUntil(assertion: Assertion, options?: WaitOptions): Promise<void>;
  /** What happened so far, for assertions: `expect(terminal)`, `assertHolds(terminal, …)`. */
  evidence(): Evidence;
}
