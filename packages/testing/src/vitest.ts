import { expect } from "vitest";
import type { Assertion } from "./lib/assertions/cassette-assertion.js";
import { cassetteMatchers, type MatchScreenOptions } from "./lib/golden/matchers.js";

/** The matchers of cassettes, on what Vitest's `expect` returns. */
export interface CassetteMatchers<R> {
  /** Compares a screen of a cassette, its path or a running terminal with a golden file. `-u` writes it. */
  toMatchScreen(options?: MatchScreenOptions): Promise<R>;
  /** Checks an assertion of scenario files. */
  toHold(assertion: Assertion): Promise<R>;
}

declare module "vitest" {
  interface Matchers<T> extends CassetteMatchers<T> {}
}

expect.extend(cassetteMatchers);
