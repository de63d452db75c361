import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ARTIFACT } from "@cassette/format";
import { parseScenario } from "@cassette/testing";
import { EXIT } from "../../../output/exit-status.js";
import { reportError, type Streams } from "../../../output/report-error.js";

/** Watching folders misses changes on some network file systems, and recursion on some platforms. */
const LOOK_EVERY_MS = 300;

/**
 * Runs now, and whenever a scenario's file or its recording has changed, until interrupted.
 * @param runOnce prints its results; its errors are printed, too.
 */
export async function watchScenarios(
  files: readonly string[],
  runOnce: () => Promise<number>,
  streams: Streams,
): Promise<number> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  while (!stop.signal.aborted) {
    const before = await stateOf(files);
    await runOnce().catch((error) => reportError(error, streams));
    streams.stderr.write("Waiting for changes; Ctrl+C ends.\n");
    while (!stop.signal.aborted && (await stateOf(files)) === before)
      await sleep(LOOK_EVERY_MS, undefined, { signal: stop.signal }).catch(() => {});
  }
  return EXIT.success;
}

/** Changes when a file that counts does. */
async function stateOf(files: readonly string[]): Promise<string> {
  const times = await Promise.all(
    files.map(async (file) => `${await timeOf(file)} ${await timeOf(await manifestOf(file))}`),
  );
  return times.join("\n");
}

async function manifestOf(file: string): Promise<string> {
  try {
    const { cassette_path } = parseScenario(await readFile(file, "utf8"), file);
    return join(resolve(dirname(file), cassette_path), ARTIFACT.manifest);
  } catch {
    return file;
  }
}

async function timeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.mtimeMs ?? 0;
}
