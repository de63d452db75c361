import { basename, join, relative } from "node:path";
import { findCassettes } from "@cassette/core/reader";
import { CassetteError } from "@cassette/format";
import { findScreenChanges, rerenderRecording, type ScreenChanges } from "@cassette/terminal/editing";
import { isArchive, openCassetteAt } from "@cassette/terminal/recordings";
import { observeScrubSettings, sealUnwatched } from "@cassette/terminal/scrubbing";
import { escapeJson } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import { reportError, type Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import { createParentFolder } from "../../recording/parent-folder.js";
import { type SealingWatch, withSealing } from "../../sealing/run-sealing.js";
import { scanOnWorker } from "../../sealing/scan-on-worker.js";
import { changeLines } from "./change-lines.js";

/** Options of `cassette rerender`, as the command line gives them. */
export interface RerenderCommandOptions {
  output?: string;
  json?: boolean;
  overwrite?: boolean;
  rules?: string;
}

/** A cassette and the one to make of it. */
interface Task {
  source: string;
  /** Null to only report. */
  target: string | null;
}

/** Derives the frames of cassettes again, and prints what changes. A cassette that fails does not keep the others from it. */
export async function rerender(
  paths: readonly string[],
  options: RerenderCommandOptions,
  streams: Streams,
): Promise<number> {
  const tasks = await tasksOf(paths, options.output);
  const writer = createWriter(streams.stdout);
  return withSealing(streams.stderr, async (watch) => {
    let status: number = EXIT.success;
    for (const task of tasks) {
      try {
        const changes = await rerenderOne(task, options, watch);
        const lines = options.json ? [asJson(task, changes)] : changeLines(task.source, changes);
        for (const line of lines) await writer.line(line);
        if (task.target === null && changes.changedCount > 0) status = Math.max(status, EXIT.negative);
      } catch (error) {
        watch.signal.throwIfAborted();
        status = Math.max(status, reportError(error, streams));
      }
    }
    return status;
  });
}

/** One cassette becomes the output itself; several lie below it, as they lie below the paths that were given. */
async function tasksOf(paths: readonly string[], output: string | undefined): Promise<Task[]> {
  const tasks: Task[] = [];
  for (const path of paths) {
    for await (const source of isArchive(path) ? [path] : findCassettes(path, { archives: true })) {
      tasks.push({ source, target: targetBelow(output, path, source) });
    }
  }
  const [only, ...others] = tasks;
  const isAlone = only !== undefined && others.length === 0 && only.source === paths[0];
  return isAlone ? [{ ...only, target: output ?? null }] : tasks;
}

function targetBelow(output: string | undefined, path: string, source: string): string | null {
  if (output === undefined) return null;
  return join(output, source === path ? basename(path) : relative(path, source));
}

async function rerenderOne(
  { source, target }: Task,
  { overwrite, rules }: RerenderCommandOptions,
  watch: SealingWatch,
): Promise<ScreenChanges> {
  if (target !== null && isArchive(source))
    throw new CassetteError("CASSETTE_USAGE", "An archive is not copied with other frames.", {
      file: source,
      hint: "Unpack it first: cassette convert ARCHIVE DIR",
    });
  await using cassette = await openCassetteAt(source, { signal: watch.signal });
  const changes = await findScreenChanges(cassette, watch);
  if (target === null) return changes;
  const { settings } = await observeScrubSettings({ env: process.env, cwd: process.cwd(), rules });
  const seal = { ...sealUnwatched(settings, scanOnWorker), ...watch };
  const removeParent = createParentFolder(target);
  await rerenderRecording(cassette, { target, seal, overwrite }).finally(removeParent);
  return changes;
}

function asJson({ source, target }: Task, { changedCount, ...changes }: ScreenChanges): string {
  return escapeJson(
    JSON.stringify({ path: source, output: target, changed_frames: changedCount, ...changes }),
  );
}
