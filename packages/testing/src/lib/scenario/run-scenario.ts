import { type CassetteError, isCassetteError } from "@cassette/format";
import type { Assertion } from "../assertions/cassette-assertion.js";
import { checkAssertion } from "../assertions/check-assertion.js";
import type { Evidence } from "../evidence/evidence.js";
import { explain, type Failure } from "../failure/failure.js";
import { loadScenario, openLoaded, type ScenarioOptions } from "./open-scenario.js";
import type { Scenario } from "./scenario.js";

/** What running a scenario came to. */
export interface ScenarioResult {
  name: string;
  /** As the scenario has it. */
  cassette_path: string;
  ok: boolean;
  /** Assertions that were judged. */
  assertions: number;
  failures: Failure[];
  /** Why the recording could not be used; then nothing was judged. */
  error: CassetteError | null;
  /** Milliseconds that the replay would have waited. */
  replayed_ms: number;
}

/**
 * Judges every assertion of a scenario over its recording. Reads only; any number may run at the same time.
 * @param source path of a YAML or JSON file, or the scenario itself.
 * @throws CassetteError CASSETTE_SCENARIO_INVALID, CASSETTE_NOT_FOUND, CASSETTE_READ_FAILED of the file; TypeError for a value that is
 * no scenario; `signal.reason` when aborted. What is wrong with the recording is in the result.
 */
export async function runScenario(
  source: string | Scenario,
  options: ScenarioOptions = {},
): Promise<ScenarioResult> {
  const { scenario, from } = await loadScenario(source, options);
  const { name, cassette_path, groups } = scenario;
  const result = { name, cassette_path, assertions: 0, failures: [], error: null, replayed_ms: 0 };
  try {
    await using open = await openLoaded(scenario, from, options);
    const checked = await checkGroups(groups, open.evidence);
    const ok = checked.failures.length === 0;
    return { ...result, ...checked, ok, replayed_ms: open.evidence.replayedMs };
  } catch (error) {
    if (isCassetteError(error)) return { ...result, ok: false, error };
    throw error;
  }
}

async function checkGroups(
  groups: Record<string, Assertion[]>,
  evidence: Evidence,
): Promise<{ assertions: number; failures: Failure[] }> {
  const failures: Failure[] = [];
  let assertions = 0;
  for (const [group, members] of Object.entries(groups)) {
    assertions += members.length;
    failures.push(...(await checkAssertions(members, evidence, group)));
  }
  return { assertions, failures };
}

/**
 * Judges assertions one after another.
 * @returns those that do not hold.
 */
export async function checkAssertions(
  assertions: readonly Assertion[],
  evidence: Evidence,
  group = "",
): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const assertion of assertions) {
    const mismatch = await checkAssertion(assertion, evidence);
    if (mismatch)
      failures.push(explain(mismatch, { group, name: assertion.name, type: assertion.type }, evidence));
  }
  return failures;
}
