import type { ScenarioOutcome } from "../scenarios/run-one-scenario.js";

/** Reports the outcomes of scenarios in one format, in the order of the files. */
export interface Report {
  scenario(file: string, outcome: ScenarioOutcome): Promise<void> | void;
  /** Called once, after the last scenario. */
  end?(): Promise<void> | void;
}

/** What every format says of a scenario. */
export interface Reported {
  name: string;
  isOk: boolean;
  /** Why, at a line of the scenario's file if that is known. */
  problems: { title: string; text: string; line: number | null }[];
}
