import { type Cassette, openCassette } from "@cassette/core/reader";
import { type CassetteError, isCassetteError } from "@cassette/format";
import { escapeText } from "../output/escape-text.js";
import { EXIT, exitStatusOf } from "../output/exit-status.js";
import type { Streams } from "../output/report-error.js";

/** Checks cassettes one after another and prints a line each. */
export async function verify(
  dirs: string[],
  { json }: { json?: boolean },
  { stdout }: Streams,
): Promise<number> {
  let status: number = EXIT.done;
  for (const dir of dirs) {
    const verdict = await judge(dir);
    stdout.write(`${json ? JSON.stringify(asJson(dir, verdict)) : asLine(dir, verdict)}\n`);
    if ("error" in verdict) status = Math.max(status, exitStatusOf(verdict.error.code));
  }
  return status;
}

interface Facts {
  id: string;
  sha256: string;
  events: number;
  frames: number;
  bytes: number;
  emulator: string;
  integrity: string;
}

type Verdict = Facts | { error: CassetteError };

async function judge(dir: string): Promise<Verdict> {
  try {
    const cassette = await openCassette(dir);
    try {
      return factsOf(cassette);
    } finally {
      await cassette.close();
    }
  } catch (error) {
    if (isCassetteError(error)) return { error };
    throw error;
  }
}

function factsOf({ manifest, counts, rawSize, integrity }: Cassette): Facts {
  const { name, version } = manifest.terminal.emulator;
  return {
    id: manifest.id,
    sha256: manifest.content_digest.sha256,
    // The final record is counted too: it takes part in the order.
    events: counts.input + counts.output + counts.frame + counts.service + 1,
    frames: counts.frame,
    bytes: rawSize,
    emulator: `${name}@${version}`,
    integrity,
  };
}

function asLine(dir: string, verdict: Verdict): string {
  if ("error" in verdict) {
    const { code, file, line, message } = verdict.error;
    const place = file === undefined ? "-" : `${file}${line === undefined ? "" : `:${line}`}`;
    return `bad ${escapeText(dir)} ${code} ${escapeText(`${place} ${message}`)}`;
  }
  return `ok ${escapeText(dir)} ${escapeText(verdict.id)} ${verdict.events} ${verdict.bytes}`;
}

function asJson(dir: string, verdict: Verdict): object {
  if ("error" in verdict) {
    const { code, message, file = null, line = null } = verdict.error;
    return { path: dir, ok: false, error: { code, message, file, line } };
  }
  const { bytes, ...facts } = verdict;
  return { path: dir, ok: true, ...facts, bytes, error: null };
}
