import type { Dirent } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import { ARTIFACT } from "@cassette/format";

/** A directory with one of these files counts as a cassette, perhaps a damaged one. */
const SIGNS: ReadonlySet<string> = new Set([ARTIFACT.manifest, ARTIFACT.output, ARTIFACT.outputRaw]);

/** What counts as a cassette. */
export interface FindOptions {
  /** Also files below the path whose names end in `.zip` and that name a file of a cassette. Default: false. */
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
    else if (archives && isArchive(entry) && (await namesCassette(inside))) yield inside;
  }
}

function isArchive(entry: Dirent): boolean {
  return entry.isFile() && extname(entry.name).toLowerCase() === ".zip";
}

/** An archive names its files at its end, and each where it begins. */
const LOOKED_AT = 64 * 1024;

/** Whether an archive, perhaps a damaged one, has a file by which a cassette is known. One that cannot be read may have. */
async function namesCassette(path: string): Promise<boolean> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    for (const position of [0, Math.max(0, size - LOOKED_AT)]) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, position);
      for (const name of SIGNS) if (buffer.subarray(0, bytesRead).includes(name)) return true;
    }
    return false;
  } catch {
    return true;
  }
}

/** The entries of a folder, none if it does not exist; null if it may not be read. */
async function list(path: string): Promise<Dirent[] | null> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    return ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "") ? [] : null;
  }
}
