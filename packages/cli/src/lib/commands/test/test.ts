import { CassetteError } from "@cassette/format";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { conversionNote } from "../../recordings/open-recording.js";
import { createReports, parseReport } from "./reports/create-reports.js";
import { statusOf } from "./scenarios/outcome-status.js";
import { runScenarios } from "./scenarios/run-scenarios.js";
import { selectScenarios } from "./scenarios/select-scenarios.js";
import { watchScenarios } from "./scenarios/watch-scenarios.js";
import { writeArtifacts } from "./write-artifacts.js";

/** Options of `cassette test`. */
export interface TestOptions {
  json?: boolean;
  /** Further formats. */
  report?: string[];
  /** Folder for evidence of failures. */
  artifacts?: string;
  /** A part of a scenario's name, or a regular expression. */
  filter?: string;
  watch?: boolean;
}

/** Runs scenarios in parallel and reports their results in the order they were given. */
export async function test(files: string[], options: TestOptions, streams: Streams): Promise<number> {
  if (options.watch) return watchScenarios(files, () => testOnce(files, options, streams), streams);
  return testOnce(files, options, streams);
}

async function testOnce(given: string[], options: TestOptions, streams: Streams): Promise<number> {
  const { json, report = [], artifacts, filter } = options;
  const files = filter === undefined ? given : await selectScenarios(given, filter);
  if (files.length === 0)
    throw new CassetteError("CASSETTE_USAGE", "No scenario has a name that fits --filter.", {
      hint: "Names are compared without regard to case; /…/ is a regular expression.",
    });
  const reports = createReports(report.map(parseReport), { json, count: files.length, streams });
  const statuses: number[] = [];
  for await (const [file, outcome] of runScenarios(files)) {
    statuses.push(statusOf(outcome));
    const converted = "unusable" in outcome ? [] : outcome.converted;
    for (const from of converted) streams.stderr.write(`${conversionNote(from)}\n`);
    for (const one of reports) await one.scenario(file, outcome);
    if (artifacts !== undefined) await writeArtifacts(artifacts, file, outcome);
  }
  for (const one of reports) await one.end?.();
  return Math.max(EXIT.success, ...statuses);
}
