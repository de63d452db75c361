import { afterAll, beforeEach, expect } from "vitest";
import type { Assertion } from "./lib/assertions/cassette-assertion.js";
import { cassetteMatchers, type MatchScreenOptions } from "./lib/golden/matchers.js";
import { obsoleteText, settleObsolete } from "./lib/golden/obsolete-goldens.js";
import { updateModeOf } from "./lib/golden/update-mode.js";
import { enterVitestTest, everyVitestTestPassed } from "./lib/runners/vitest-test.js";

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

beforeEach(({ task }) => enterVitestTest(task));

// biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of fixtures from the first parameter.
afterAll(async ({}, file) => {
  const { testPath, snapshotState } = expect.getState();
  if (testPath === undefined || !everyVitestTestPassed(file)) return;
  const text = obsoleteText(await settleObsolete(testPath, updateModeOf(snapshotState)));
  if (text !== null) console.warn(text);
});
