import { readFile } from "node:fs/promises";
import { CassetteError } from "@cassette/format";
import { scenarioText } from "@cassette/testing";
import { errorToJson } from "../../errors/error-json.js";
import { escapeJson } from "../../output/escape-text.js";
import { EXIT, exitStatusOf } from "../../output/exit-status.js";
import { reportError, type Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import type { Job } from "../../workers/job.js";
import { fromPlainError, toPlainError } from "../../workers/plain-error.js";
import { createWorkerPool, type WorkerPool } from "../../workers/pool.js";
import { judgeScenario, type ScenarioVerdict } from "./run-one-scenario.js";

/** Scenarios at a time: each waits for the disk now and then. */
const AT_ONCE = 16;

/** A scenario whose thread does nothing else for so long is ended: one of its regular expressions backtracks. */
const STALL_MS = 10_000;
/** What scenarios with a regular expression contain: the key, or an escape that may spell it. */
const MAY_HAVE_PATTERN = /pattern|\\/;

/** Runs scenarios in parallel and prints their results in the order they were given. */
export async function test(files: string[], { json }: { json?: boolean }, streams: Streams): Promise<number> {
  const writer = createWriter(streams.stdout);
  const statuses: number[] = [];
  for await (const [file, verdict] of inOrder(files)) {
    statuses.push(statusOf(verdict));
    if (json) await writer.line(escapeJson(JSON.stringify(asJson(file, verdict))));
    else if ("unusable" in verdict) reportError(fromPlainError(verdict.unusable), streams);
    else
      await writer.line(scenarioText({ ...verdict, error: verdict.error && fromPlainError(verdict.error) }));
  }
  if (!json) await writer.line(summary(statuses));
  return Math.max(EXIT.success, ...statuses);
}

/** Begins as many as may run at once and yields them in order. */
async function* inOrder(files: readonly string[]): AsyncGenerator<[string, ScenarioVerdict], void> {
  const running: Promise<[string, ScenarioVerdict]>[] = [];
  const watched = createWorkerPool({ stallMs: STALL_MS, stalled });
  try {
    for (const file of files) {
      const judged = judge(file, watched).then((verdict): [string, ScenarioVerdict] => [file, verdict]);
      // Its turn comes later; until then a failure waits.
      judged.catch(() => {});
      running.push(judged);
      const next = running.length >= AT_ONCE ? running.shift() : undefined;
      if (next) yield await next;
    }
    for (const judged of running) yield await judged;
  } finally {
    await watched.close();
  }
}

/** A regular expression may backtrack without end: such scenarios run in a worker, which can be ended. */
async function judge(file: string, watched: WorkerPool): Promise<ScenarioVerdict> {
  const text = await readFile(file, "utf8").catch(() => "");
  if (!MAY_HAVE_PATTERN.test(text)) return judgeScenario(file);
  try {
    for await (const verdict of watched.run({ kind: "scenario", file })) return verdict;
    throw new Error("A scenario ended without its result.");
  } catch (error) {
    return { unusable: toPlainError(error) };
  }
}

function stalled(job: Job): CassetteError {
  return new CassetteError(
    "CASSETTE_SEARCH_STALLED",
    `The scenario made no headway for ${STALL_MS / 1_000} s.`,
    {
      file: job.kind === "scenario" ? job.file : undefined,
      hint: "One of its regular expressions backtracks: simplify it, or compare fixed text.",
    },
  );
}

function statusOf(verdict: ScenarioVerdict): number {
  if ("unusable" in verdict) return exitStatusOf(verdict.unusable.code);
  if (verdict.error) return exitStatusOf(verdict.error.code);
  return verdict.ok ? EXIT.success : EXIT.negative;
}

function asJson(path: string, verdict: ScenarioVerdict): object {
  if ("unusable" in verdict) {
    return { path, name: null, ok: false, assertions: 0, failures: [], error: errorToJson(verdict.unusable) };
  }
  const { name, ok, cassette_path, assertions, error } = verdict;
  const failures = verdict.failures.map(({ group, assertion, type, expected, found, t_ms, command }) => {
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
