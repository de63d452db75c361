import { type CassetteError, isCassetteError } from "@cassette/format";
import type { Assertion } from "../assertions/cassette-assertion.js";
import { checkAssertion } from "../assertions/check-assertion.js";
import type { Evidence } from "../evidence/evidence.js";
import { explain, type Failure } from "../failure/failure.js";
import { lineOfAssertion } from "./assertion-lines.js";
import { loadScenario, openLoaded, type ScenarioOptions } from "./open-scenario.js";
import type { Scenario } from "./scenario.js";

/** The result of a scenario. */
export interface ScenarioResult {
  name: string;
  /** The cassette's path, as in the scenario. */
  cassette_path: string;
  ok: boolean;
  /** Number of assertions that were checked. */
  assertions: number;
  failures: Failure[];
  /** Why the recording could not be used; then nothing was checked. */
  error: CassetteError | null;
  /** Milliseconds that the replay would have waited. */
  replayed_ms: number;
}

/**
 * Checks every assertion of a scenario on its recording. Reads only; any number may run at the same time.
 * @param source path of a YAML or JSON file, or the scenario itself.
 * @throws CassetteError CASSETTE_SCENARIO_INVALID, CASSETTE_NOT_FOUND, CASSETTE_READ_FAILED of the file; TypeError for a value that
 * is
 * not a scenario; `signal.reason` when aborted. Problems with the recording are in the result.
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
 * Checks assertions one after another.
 * @returns the failures.
 */
export async function checkAssertions(
  assertions: readonly Assertion[],
  evidence: Evidence,
  group = "",
): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const assertion of assertions) {
    const mismatch = await checkAssertion(assertion, evidence);
    if (mismatch) {
      const { name, type } = assertion;
      failures.push(explain(mismatch, { group, name, type, line: lineOfAssertion(assertion) }, evidence));
    }
  }
  return failures;
}
