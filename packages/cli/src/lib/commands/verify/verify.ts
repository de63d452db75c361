import { CassetteError, type EmulatorIdentity } from "@cassette/format";
import { cassettesIn } from "../../cassettes-in.js";
import { errorToJson } from "../../errors/error-json.js";
import { displayPath } from "../../output/display-path.js";
import { escapeJson, escapeText } from "../../output/escape-text.js";
import { EXIT, exitStatusOf } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import { createWorkerPool, MIN_JOBS_FOR_WORKERS } from "../../workers/pool.js";
import { type VerifyRequirements, type VerifyResult, verifyOne } from "./verify-one.js";

/** Options of `cassette verify`, as the command line gives them. */
export interface VerifyOptions {
  json?: boolean;
  expectId?: string;
  expectSha256?: string;
  requireEmulator?: EmulatorIdentity;
  requireIntegrity?: boolean;
  rerender?: boolean;
}

/** Checks cassettes, and folders of them, and prints one line each in the given order. */
export async function verify(paths: string[], options: VerifyOptions, streams: Streams): Promise<number> {
  const dirs = await cassettesIn(paths);
  const requirements = requirementsOf(options, dirs.length);
  const writer = createWriter(streams.stdout);
  const tally = { ok: 0, bad: 0, status: EXIT.success as number };
  for await (const [path, result] of verifyAll(dirs, requirements)) {
    const dir = displayPath(path);
    await writer.line(options.json ? escapeJson(JSON.stringify(asJson(dir, result))) : asLine(dir, result));
    if (result.ok)
      for (const note of notesOn(result.facts)) streams.stderr.write(`${escapeText(dir)}: ${note}\n`);
    tally[result.ok ? "ok" : "bad"]++;
    if (!result.ok) tally.status = Math.max(tally.status, exitStatusOf(result.error.code));
  }
  if (dirs.length > 1) streams.stderr.write(`${dirs.length} cassettes: ${tally.ok} ok, ${tally.bad} bad\n`);
  return tally.status;
}

function requirementsOf(options: VerifyOptions, count: number): VerifyRequirements {
  const { expectId: id, expectSha256: sha256, requireEmulator, requireIntegrity, rerender } = options;
  if (count > 1 && (id !== undefined || sha256 !== undefined)) {
    throw new CassetteError("CASSETTE_USAGE", "An expected id or digest belongs to one cassette.", {
      hint: "Verify that one by itself.",
    });
  }
  return {
    expect: { id, sha256 },
    emulator: requireEmulator,
    integrity: requireIntegrity ? "required" : "if-present",
    rerender,
  };
}

async function* verifyAll(
  dirs: string[],
  requirements: VerifyRequirements,
): AsyncGenerator<[string, VerifyResult]> {
  if (dirs.length < MIN_JOBS_FOR_WORKERS) {
    for (const dir of dirs) yield [dir, await verifyOne(dir, requirements)];
    return;
  }
  const pool = createWorkerPool();
  try {
    const results = dirs.map((dir) => [dir, pool.run({ kind: "verify", dir, requirements })] as const);
    for (const [dir, values] of results) for await (const result of values) yield [dir, result];
  } finally {
    await pool.close();
  }
}

type Facts = Extract<VerifyResult, { ok: true }>["facts"];

/** What a valid cassette's user should know. */
function notesOn({ scrub, rerender, emulator, drawing_stopped_at: stoppedAt }: Facts): string[] {
  return [
    // The author of the recording chose this; the person who publishes it may not know.
    ...(scrub === "not-run" ? ["not scrubbed; its report says not-run"] : []),
    ...(rerender === "unavailable" ? [`frames not compared; ${escapeText(emulator)} drew them`] : []),
    ...(stoppedAt === undefined ? [] : [`drawing stopped after byte ${stoppedAt}; no frames follow`]),
  ];
}

function asLine(dir: string, result: VerifyResult): string {
  if (result.ok) {
    const { id, events, bytes } = result.facts;
    return `ok ${escapeText(dir)} ${escapeText(id)} ${events} ${bytes}`;
  }
  const { code, file, line, message } = result.error;
  const place = file === undefined ? "-" : `${file}${line === undefined ? "" : `:${line}`}`;
  return `bad ${escapeText(dir)} ${code} ${escapeText(`${place} ${message}`)}`;
}

const UNKNOWN = {
  id: null,
  sha256: null,
  events: null,
  frames: null,
  emulator: null,
  integrity: null,
  scrub: null,
  rerender: null,
};

function asJson(path: string, result: VerifyResult): object {
  if (result.ok) {
    const { bytes: _, ...facts } = result.facts;
    return { path, ok: true, ...facts, error: null };
  }
  const rerender = result.error.code === "CASSETTE_FRAMES_DIFFER" ? "differs" : null;
  return { path, ok: false, ...UNKNOWN, rerender, error: errorToJson(result.error) };
}
