import type { Assertion } from "../assertions/cassette-assertion.js";
import type { Moment } from "../evidence/moment.js";
import { type JestMatcherState, jestTry } from "../runners/jest-test.js";
import type { TestTry } from "../runners/test-try.js";
import { type VitestTest, vitestTry } from "../runners/vitest-test.js";
import { demandAssertion } from "../scenario/scenario-schema.js";
import { failuresOf } from "./failures-of.js";
import type { GoldenOptions } from "./golden-screen.js";
import { matchScreen } from "./match-screen.js";
import { shownScreen } from "./shown-screen.js";
import { updateModeOf } from "./update-mode.js";

/** Which parts of a screen to compare, and with which file. */
export interface MatchScreenOptions extends GoldenOptions {
  /** Default: the end. */
  at?: Moment;
  /** Name of the golden file; default: the test's name and a number. */
  name?: string;
}

/** The context that Vitest and Jest pass to a matcher. */
interface MatcherState extends JestMatcherState {
  testPath?: string;
  isNot?: boolean;
  /** Vitest only. */
  task?: VitestTest;
  /** Private to the runners, and the same in both: `_updateSnapshot` is what `-u` sets. */
  snapshotState?: object;
}

/** The result of a matcher. */
interface MatcherResult {
  pass: boolean;
  message: () => string;
}

/** Matchers for `expect.extend` of Vitest and Jest. */
export const cassetteMatchers = {
  /** Compares a screen with a golden file in `__screens__` beside the test; draws it there where it differs. */
  async toMatchScreen(
    this: MatcherState,
    received: unknown,
    { at, ...kept }: MatchScreenOptions = {},
  ): Promise<MatcherResult> {
    const by = tryOf(this);
    const mode = updateModeOf(this.snapshotState);
    const screen = await shownScreen(received, at);
    const { pass, message } = await matchScreen(by, screen, {
      ...kept,
      mode,
      isNot: this.isNot,
      subject: received,
    });
    return { pass, message: () => message };
  },
  /** Checks an assertion of scenario files. */
  async toHold(this: MatcherState, received: unknown, assertion: Assertion): Promise<MatcherResult> {
    demandAssertion(assertion);
    const { currentTestName: test = assertion.type, testPath: file = null, isNot } = this;
    const [failed] = await failuresOf(received, [assertion], { test, file, isNot });
    const held = () => `This was not expected to hold: ${JSON.stringify(assertion)}`;
    return { pass: failed === undefined, message: failed ? () => failed : held };
  },
};

/** Determined at once: after a wait, another test may be the current one. */
function tryOf(matcher: MatcherState): TestTry {
  const { testPath: file, currentTestName: test = "screen", task } = matcher;
  if (file === undefined) throw new TypeError("toMatchScreen is called inside of a test.");
  return { file, ...(vitestTry(task, file) ?? jestTry(matcher) ?? { test }) };
}
