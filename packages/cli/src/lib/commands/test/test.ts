import { readFile } from "node:fs/promises";
import { CassetteError } from "@cassette/format";
import { scenarioText } from "@cassette/testing";
import { errorToJson } from "../../errors/error-json.js";
import { escapeJson } from "../../output/escape-text.js";
import { EXIT, exitStatusOf } from "../../output/exit-status.js";
import { reportError, type Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import { conversionNote } from "../../recordings/open-recording.js";
import type { Job } from "../../workers/job.js";
import { fromPlainError, toPlainError } from "../../workers/plain-error.js";
import { createWorkerPool, type WorkerPool } from "../../workers/pool.js";
import { runOneScenario, type ScenarioOutcome } from "./run-one-scenario.js";

/** Scenarios that run at a time: each waits for the disk now and then. */
const AT_ONCE = 16;

/** A scenario that blocks its thread for this long is ended: one of its regular expressions backtracks. */
const STALL_MS = 10_000;
/** Matches every scenario with a regular expression: the key, or an escape that may spell it. */
const MAY_HAVE_PATTERN = /pattern|\\/;

/** Runs scenarios in parallel and prints their results in the order they were given. */
export async function test(files: string[], { json }: { json?: boolean }, streams: Streams): Promise<number> {
  const writer = createWriter(streams.stdout);
  const statuses: number[] = [];
  for await (const [file, outcome] of inOrder(files)) {
    statuses.push(statusOf(outcome));
    const converted = "unusable" in outcome ? [] : outcome.converted;
    for (const from of converted) streams.stderr.write(`${conversionNote(from)}\n`);
    if (json) await writer.line(escapeJson(JSON.stringify(asJson(file, outcome))));
    else if ("unusable" in outcome) reportError(fromPlainError(outcome.unusable), streams);
    else
      await writer.line(scenarioText({ ...outcome, error: outcome.error && fromPlainError(outcome.error) }));
  }
  if (!json) await writer.line(summary(statuses));
  return Math.max(EXIT.success, ...statuses);
}

/** Runs a limited number in parallel and yields the results in order. */
async function* inOrder(files: readonly string[]): AsyncGenerator<[string, ScenarioOutcome], void> {
  const running: Promise<[string, ScenarioOutcome]>[] = [];
  const watched = createWorkerPool({ stallMs: STALL_MS, stalled });
  try {
    for (const file of files) {
      const pending = runFile(file, watched).then((outcome): [string, ScenarioOutcome] => [file, outcome]);
      // Awaited later: until then a rejection is not unhandled.
      pending.catch(() => {});
      running.push(pending);
      const next = running.length >= AT_ONCE ? running.shift() : undefined;
      if (next) yield await next;
    }
    for (const pending of running) yield await pending;
  } finally {
    await watched.close();
  }
}

/** A regular expression may backtrack for ever: such scenarios run in a worker, which can be ended. */
async function runFile(file: string, watched: WorkerPool): Promise<ScenarioOutcome> {
  const text = await readFile(file, "utf8").catch(() => "");
  if (!MAY_HAVE_PATTERN.test(text)) return runOneScenario(file);
  try {
    for await (const outcome of watched.run({ kind: "scenario", file })) return outcome;
    throw new Error("A scenario ended without its result.");
  } catch (error) {
    return { unusable: toPlainError(error) };
  }
}

function stalled(job: Job): CassetteError {
  return new CassetteError(
    "CASSETTE_SEARCH_STALLED",
    `The scenario made no progress for ${STALL_MS / 1_000} s.`,
    {
      file: job.kind === "scenario" ? job.file : undefined,
      hint: "One of its regular expressions backtracks: simplify it, or compare fixed text.",
    },
  );
}

function statusOf(outcome: ScenarioOutcome): number {
  if ("unusable" in outcome) return exitStatusOf(outcome.unusable.code);
  if (outcome.error) return exitStatusOf(outcome.error.code);
  return outcome.ok ? EXIT.success : EXIT.negative;
}

function asJson(path: string, outcome: ScenarioOutcome): object {
  if ("unusable" in outcome) {
    return { path, name: null, ok: false, assertions: 0, failures: [], error: errorToJson(outcome.unusable) };
  }
  const { name, ok, cassette_path, assertions, error } = outcome;
  const failures = outcome.failures.map(({ group, assertion, type, expected, found, t_ms, command }) => {
    return { group, assertion, type, expected, found, t_ms, command };
  });
  return { path, name, ok, cassette_path, assertions, failures, error: error && errorToJson(error) };
}

function summary(statuses: readonly number[]): string {
  const passed = statuses.filter((status) => status === EXIT.success).length;
  const failed = statuses.length - passed;
  const all = `${statuses.length} scenario${statuses.length === 1 ? "" : "s"}`;
  return failed === 0 ? `${all}, all passed` : `${all}: ${passed} passed, ${failed} failed`;
}
