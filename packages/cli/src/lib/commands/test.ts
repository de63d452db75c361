import { type CassetteError, isCassetteError } from "@cassette/format";
import { runScenario, type ScenarioResult, scenarioText } from "@cassette/testing";
import { errorToJson } from "../errors/error-json.js";
import { escapeJson } from "../output/escape-text.js";
import { EXIT, exitStatusOf } from "../output/exit-status.js";
import { reportError, type Streams } from "../output/report-error.js";
import { createWriter } from "../output/writer.js";

/** Scenarios at a time: each waits for the disk now and then. */
const AT_ONCE = 16;

/** A scenario's result, or why its file could not be used. */
type Verdict = ScenarioResult | { unusable: CassetteError };

/** Judges scenarios beside one another and prints what came of them in the order they were given. */
export async function test(files: string[], { json }: { json?: boolean }, streams: Streams): Promise<number> {
  const writer = createWriter(streams.stdout);
  const statuses: number[] = [];
  for await (const [file, verdict] of inOrder(files)) {
    statuses.push(statusOf(verdict));
    if (json) await writer.line(escapeJson(JSON.stringify(asJson(file, verdict))));
    else if ("unusable" in verdict) reportError(verdict.unusable, streams);
    else await writer.line(scenarioText(verdict));
  }
  if (!json) await writer.line(summary(statuses));
  return Math.max(EXIT.success, ...statuses);
}

/** Begins as many as may run at once and yields them in order. */
async function* inOrder(files: readonly string[]): AsyncGenerator<[string, Verdict], void> {
  const running: Promise<[string, Verdict]>[] = [];
  for (const file of files) {
    const judged = judge(file).then((verdict): [string, Verdict] => [file, verdict]);
    // Its turn comes later; until then a failure waits.
    judged.catch(() => {});
    running.push(judged);
    const next = running.length >= AT_ONCE ? running.shift() : undefined;
    if (next) yield await next;
  }
  yield* running;
}

async function judge(file: string): Promise<Verdict> {
  try {
    return await runScenario(file);
  } catch (error) {
    if (isCassetteError(error)) return { unusable: error };
    throw error;
  }
}

function statusOf(verdict: Verdict): number {
  if ("unusable" in verdict) return exitStatusOf(verdict.unusable.code);
  if (verdict.error) return exitStatusOf(verdict.error.code);
  return verdict.ok ? EXIT.success : EXIT.negative;
}

function asJson(path: string, verdict: Verdict): object {
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
