import type { Assertion } from "./lib/assertions/cassette-assertion.js";
import { cassetteMatchers, type MatchScreenOptions } from "./lib/golden/matchers.js";
import { obsoleteText, settleObsolete } from "./lib/golden/obsolete-goldens.js";
import { updateModeOf } from "./lib/golden/update-mode.js";
import { everyJestTestPassed } from "./lib/runners/jest-test.js";

declare global {
  namespace jest {
    interface Matchers<R> {
      /** Compares a screen of a cassette, its path or a running terminal with a golden file. `-u` writes it. */
      toMatchScreen(options?: MatchScreenOptions): Promise<R>;
      /** Checks an assertion of scenario files. */
      toHold(assertion: Assertion): Promise<R>;
    }
  }
}

/** What Jest puts into the global scope of its set-up files. */
interface JestGlobals {
  expect?: { extend(matchers: object): void; getState(): { testPath?: string; snapshotState?: object } };
  afterAll?: (action: () => Promise<void>) => void;
}

const { expect, afterAll } = globalThis as JestGlobals;
if (!expect || !afterAll)
  throw new TypeError("Load this in Jest's setupFilesAfterEnv, where there is an expect.");
expect.extend(cassetteMatchers);

afterAll(async () => {
  const { testPath, snapshotState } = expect.getState();
  if (testPath === undefined || !everyJestTestPassed()) return;
  const text = obsoleteText(await settleObsolete(testPath, updateModeOf(snapshotState)));
  if (text !== null) console.warn(text);
});
