import { EXIT, exitStatusOf } from "../../../output/exit-status.js";
import type { ScenarioOutcome } from "./run-one-scenario.js";

/** The exit status that an outcome alone would give the command. */
export function statusOf(outcome: ScenarioOutcome): number {
  if ("unusable" in outcome) return exitStatusOf(outcome.unusable.code);
  if (outcome.error) return exitStatusOf(outcome.error.code);
  return outcome.ok ? EXIT.success : EXIT.negative;
}
