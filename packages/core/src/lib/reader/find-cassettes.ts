import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ARTIFACT } from "@cassette/format";

/** Any of these makes a directory a cassette, perhaps a damaged one. */
const SIGNS: ReadonlySet<string> = new Set([ARTIFACT.manifest, ARTIFACT.output, ARTIFACT.outputRaw]);

/**
 * Paths of the cassettes at or below a path, in the order of their names. Hidden folders and symlinks are not followed;
 * what cannot be listed is passed over. A path with no cassette below it is yielded itself, for {@link openCassette} to
 * say what is wrong with it.
 */
export async function* findCassettes(path: string): AsyncGenerator<string, void> {
  let found = false;
  for await (const cassette of below(path)) {
    found = true;
    yield cassette;
  }
  if (!found) yield path;
}

async function* below(path: string): AsyncGenerator<string, void> {
  const entries: Dirent[] = await readdir(path, { withFileTypes: true }).catch(() => []);
  if (entries.some(({ name }) => SIGNS.has(name))) {
    yield path;
    return;
  }
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith("."));
  for (const name of folders.map((folder) => folder.name).sort()) yield* below(join(path, name));
}
