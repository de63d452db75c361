import { escapeText } from "@cassette/format";
import { type FailureReport, failureText, reportOf } from "@cassette/testing";
import type { PlainError } from "../../../workers/job.js";
import type { ScenarioOutcome } from "../scenarios/run-one-scenario.js";
import type { Reported } from "./report.js";

/** An outcome in words, safe to print. */
export function reported(file: string, outcome: ScenarioOutcome): Reported {
  if ("unusable" in outcome) {
    const { unusable } = outcome;
    return { name: file, isOk: false, problems: [problemOf(unusable, unusable.line ?? null)] };
  }
  const { name, ok, error, failures } = outcome;
  // The line of an error is one of the recording's files.
  if (error) return { name, isOk: false, problems: [problemOf(error, null)] };
  const problems = failures.map((failure) => ({
    title: escapeText(`${failure.assertion}: expected ${failure.expected}; found ${failure.found}`),
    text: failureText(failure),
    line: failure.line,
  }));
  return { name, isOk: ok, problems };
}

function problemOf({ code, message, hint }: PlainError, line: number | null): Reported["problems"][number] {
  const title = escapeText(`${message} [${code}]`);
  return { title, text: [title, ...(hint === undefined ? [] : [escapeText(hint)])].join("\n"), line };
}

/** What an outcome's failures look like in a document. */
export function failuresIn(file: string, outcome: ScenarioOutcome): FailureReport[] {
  const { name, problems } = reported(file, outcome);
  if ("unusable" in outcome || outcome.error || outcome.failures.length === 0)
    return problems.map(({ text, line }) => ({
      test: name,
      file,
      line,
      message: text,
      failure: null,
      screens: null,
    }));
  return outcome.failures.map((failure) => reportOf(failure, { test: name, file }));
}
