import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import { ARTIFACT } from "@cassette/format";

/** A directory with one of these files counts as a cassette, perhaps a damaged one. */
const SIGNS: ReadonlySet<string> = new Set([ARTIFACT.manifest, ARTIFACT.output, ARTIFACT.outputRaw]);

/** What counts as a cassette. */
export interface FindOptions {
  /** Also files below the path whose names end in `.zip`. Default: false. */
  archives?: boolean;
}

/**
 * Paths of the cassettes at or below a path, sorted by name. Hidden folders and symlinks are not followed.
 * A folder that cannot be listed may be a cassette: it is yielded, as is a path with no cassette below it, for
 * {@link openCassette} to report what is wrong with it.
 */
export async function* findCassettes(
  path: string,
  { archives = false }: FindOptions = {},
): AsyncGenerator<string, void> {
  let found = false;
  for await (const cassette of below(path, archives)) {
    found = true;
    yield cassette;
  }
  if (!found) yield path;
}

async function* below(path: string, archives: boolean): AsyncGenerator<string, void> {
  const entries = await list(path);
  if (entries === null) {
    yield path;
    return;
  }
  if (entries.some(({ name }) => SIGNS.has(name))) {
    yield path;
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = join(path, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith(".")) yield* below(inside, archives);
    else if (archives && isArchive(entry)) yield inside;
  }
}

function isArchive(entry: Dirent): boolean {
  return entry.isFile() && extname(entry.name).toLowerCase() === ".zip";
}

/** The entries of a folder, none if it does not exist; null if it may not be read. */
async function list(path: string): Promise<Dirent[] | null> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    return ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "") ? [] : null;
  }
}
