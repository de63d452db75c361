import { scenarioText } from "@cassette/testing";
import { EXIT } from "../../../output/exit-status.js";
import { reportError, type Streams } from "../../../output/report-error.js";
import { createWriter } from "../../../output/writer.js";
import { fromPlainError } from "../../../workers/plain-error.js";
import { statusOf } from "../scenarios/outcome-status.js";
import type { Report } from "./report.js";

/** Each scenario in words, and a sum. */
export function textReport(streams: Streams): Report {
  const writer = createWriter(streams.stdout);
  const statuses: number[] = [];
  return {
    async scenario(_, outcome) {
      statuses.push(statusOf(outcome));
      if ("unusable" in outcome) return void reportError(fromPlainError(outcome.unusable), streams);
      const error = outcome.error && fromPlainError(outcome.error);
      await writer.line(scenarioText({ ...outcome, error }));
    },
    end: () => writer.line(summary(statuses)),
  };
}

function summary(statuses: readonly number[]): string {
  const passed = statuses.filter((status) => status === EXIT.success).length;
  const failed = statuses.length - passed;
  const all = `${statuses.length} scenario${statuses.length === 1 ? "" : "s"}`;
  return failed === 0 ? `${all}, all passed` : `${all}: ${passed} passed, ${failed} failed`;
}
