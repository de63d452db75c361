import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { humanSize } from "../output/human-size.js";
import { shellWord } from "../output/shell-word.js";

/** Describes a recording that did not become a cassette: its path, its size and how to recover it. */
export function keptSpoolText(spool: string): string {
  if (!existsSync(spool))
    return `The recording was in ${shellWord(spool)}, which was moved or removed by another process. If it still exists, recover it under its new path: cassette recover PATH`;
  const bytes = sizeOf(spool);
  const size = bytes === null ? "" : ` (${humanSize(bytes)})`;
  return `The recording is kept in ${shellWord(spool)}${size}. Next: cassette recover ${shellWord(spool)}`;
}

/** Bytes in all files of a directory; null if it cannot be read. */
function sizeOf(dir: string): number | null {
  try {
    const names = readdirSync(dir, { recursive: true, encoding: "utf8" });
    return names.reduce((sum, name) => {
      const stats = statSync(join(dir, name), { throwIfNoEntry: false });
      return sum + (stats?.isFile() ? stats.size : 0);
    }, 0);
  } catch {
    return null;
  }
}
