import { errorToJson } from "../../../errors/error-json.js";
import { escapeJson } from "../../../output/escape-text.js";
import type { Streams } from "../../../output/report-error.js";
import { createWriter } from "../../../output/writer.js";
import type { ScenarioOutcome } from "../scenarios/run-one-scenario.js";
import type { Report } from "./report.js";

/** One JSON object for each scenario. */
export function jsonReport({ stdout }: Streams): Report {
  const writer = createWriter(stdout);
  return {
    scenario: (file, outcome) => writer.line(escapeJson(JSON.stringify(asJson(file, outcome)))),
  };
}

function asJson(path: string, outcome: ScenarioOutcome): object {
  if ("unusable" in outcome) {
    return { path, name: null, ok: false, assertions: 0, failures: [], error: errorToJson(outcome.unusable) };
  }
  const { name, ok, cassette_path, assertions, error, took_ms } = outcome;
  const failures = outcome.failures.map(
    ({ group, assertion, type, line, expected, found, t_ms, command }) => {
      return { group, assertion, type, line, expected, found, t_ms, command };
    },
  );
  return { path, name, ok, cassette_path, assertions, failures, error: error && errorToJson(error), took_ms };
}
