import type { Assertion } from "./lib/assertions/cassette-assertion.js";
import { cassetteMatchers, type MatchScreenOptions } from "./lib/golden/matchers.js";

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

const { expect } = globalThis as { expect?: { extend(matchers: object): void } };
if (!expect) throw new TypeError("Load this in Jest's setupFilesAfterEnv, where there is an expect.");
expect.extend(cassetteMatchers);
