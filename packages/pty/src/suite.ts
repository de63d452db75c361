import type { SessionBehaviour } from "./lib/suite/harness.js";
import { inputBehaviours } from "./lib/suite/input-behaviours.js";
import { lifecycleBehaviours } from "./lib/suite/lifecycle-behaviours.js";
import { outputBehaviours } from "./lib/suite/output-behaviours.js";

export type { SessionBehaviour, SessionHarness } from "./lib/suite/harness.js";
export type { SuiteProgram } from "./lib/suite/programs.js";

/** What every session does, real or fake: one check each, for any test runner. */
export const sessionBehaviours: readonly SessionBehaviour[] = [
  ...outputBehaviours,
  ...inputBehaviours,
  ...lifecycleBehaviours,
];
