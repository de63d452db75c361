import type { Assertion } from "../assertions/cassette-assertion.js";
import type { Moment } from "../evidence/moment.js";
import { withEvidence } from "../evidence/with-evidence.js";
import { failureText } from "../failure/failure-text.js";
import { checkAssertions } from "../scenario/run-scenario.js";
import { type UpdateMode, updateMode } from "./golden-file.js";
import { goldenPath } from "./golden-path.js";
import type { GoldenOptions } from "./golden-screen.js";
import { matchScreen } from "./match-screen.js";
import { shownScreen } from "./shown-screen.js";

/** Which parts of a screen to compare, and with which file. */
export interface MatchScreenOptions extends GoldenOptions {
  /** Default: the end. */
  at?: Moment;
  /** Name of the golden file; default: the test's name and a number. */
  name?: string;
}

/** The context that Vitest and Jest pass to a matcher. */
interface MatcherState {
  testPath?: string;
  currentTestName?: string;
  isNot?: boolean;
  /** Vitest only: how often the test was tried. */
  task?: { result?: { retryCount?: number; repeatCount?: number } };
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
    { at, name, ...kept }: MatchScreenOptions = {},
  ): Promise<MatcherResult> {
    const { testPath: file, currentTestName: test = "screen" } = this;
    if (file === undefined) throw new TypeError("toMatchScreen is called inside of a test.");
    const { retryCount = 0, repeatCount = 0 } = this.task?.result ?? {};
    const path = goldenPath({ file, test, attempt: retryCount + repeatCount }, name);
    const screen = await shownScreen(received, at);
    const { pass, message } = await matchScreen(path, screen, {
      ...kept,
      mode: modeOf(this),
      isNot: this.isNot,
    });
    return { pass, message: () => message };
  },
  /** Checks an assertion of scenario files. */
  async toHold(this: unknown, received: unknown, assertion: Assertion): Promise<MatcherResult> {
    const [failure] = await withEvidence(received, (evidence) => checkAssertions([assertion], evidence));
    const held = () => `This was not expected to hold: ${JSON.stringify(assertion)}`;
    return { pass: failure === undefined, message: failure ? () => failureText(failure) : held };
  },
};

/** The runner's own flag (`-u`), else the environment. */
function modeOf({ snapshotState = {}, isNot }: MatcherState): UpdateMode {
  const given = "_updateSnapshot" in snapshotState ? snapshotState._updateSnapshot : undefined;
  const mode = updateMode(process.env);
  // With `.not`, the file is never written.
  if (isNot) return "none";
  if (given === "all" || mode === "all") return "all";
  return given === "none" ? "none" : mode;
}
