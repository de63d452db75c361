import { readFile } from "node:fs/promises";
import { CassetteError } from "@cassette/format";
import type { Job } from "../../../workers/job.js";
import { toPlainError } from "../../../workers/plain-error.js";
import { createWorkerPool, type WorkerPool } from "../../../workers/pool.js";
import { runOneScenario, type ScenarioOutcome } from "./run-one-scenario.js";

/** Scenarios that run at a time: each waits for the disk now and then. */
const AT_ONCE = 16;

/** A scenario that blocks its thread for this long is ended: one of its regular expressions backtracks. */
const STALL_MS = 10_000;
/** Matches every scenario with a regular expression: the key, or an escape that may spell it. */
const MAY_HAVE_PATTERN = /pattern|\\/;

/** Runs a limited number in parallel and yields the results in order. */
export async function* runScenarios(
  files: readonly string[],
): AsyncGenerator<[string, ScenarioOutcome], void> {
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
