import { join, resolve } from "node:path";
import { escapeText } from "../../output/escape-text.js";
import type { Streams } from "../../output/report-error.js";
import type { WorkerPool } from "../../workers/pool.js";
import type { GrepOptions } from "./grep.js";

/** What a search has at hand. */
interface SearchContext {
  pattern: RegExp;
  options: Pick<GrepOptions, "index" | "in">;
  streams: Streams;
  pool: WorkerPool;
}

/** Leaves out the recordings in which a pattern cannot appear according to an index, if there is one, and says so. */
export async function withoutRuledOut(
  dirs: string[],
  paths: readonly string[],
  { pattern, options, streams, pool }: SearchContext,
): Promise<string[]> {
  const tables = await tablesFor(paths, options.index);
  const ruledOut = new Set<string>();
  for (const folder of tables) {
    const job = { kind: "candidates", tables: folder, paths: dirs, pattern, places: options.in } as const;
    for await (const { withoutMatch, current } of pool.run(job)) {
      for (const path of withoutMatch) ruledOut.add(path);
      streams.stderr.write(
        `index ${escapeText(folder)}: current for ${current} of ${dirs.length} recordings, which it narrows to ${current - withoutMatch.size}\n`,
      );
    }
  }
  return ruledOut.size === 0 ? dirs : dirs.filter((dir) => !ruledOut.has(resolve(dir)));
}

async function tablesFor(paths: readonly string[], index: string | false | undefined): Promise<string[]> {
  if (index === false) return [];
  if (index !== undefined) return [index];
  const { areTables } = await import("@cassette/corpus");
  const folders = paths.map((path) => join(path, "tables"));
  const found = await Promise.all(folders.map(areTables));
  return folders.filter((_, place) => found[place]);
}
