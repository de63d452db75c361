import { lstat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { describeSpool, findSpools, listSpools, type SpoolInfo } from "@cassette/core";
import { CassetteError } from "@cassette/format";
import { shellWord } from "../../output/shell-word.js";

/** A spool to recover. */
/** A spool as it is found. */
export type FoundSpool = Pick<SpoolInfo, "path" | "state">;

/** Finds the spool at a path; otherwise the spools in the folder at that path and those of the cassette at that path. */
export async function findNamedSpools(path: string): Promise<SpoolInfo[]> {
  const spool = await spoolAt(path);
  return spool ? [spool] : [...(await listSpools(path)), ...(await spoolsOf(path))];
}

/**
 * Finds the spool at a path, or the one recording of the cassette there, and the copies left by its interrupted recoveries.
 * @throws CassetteError CASSETTE_NOT_FOUND, CASSETTE_USAGE if there are several recordings.
 */
export async function findSpoolsAt(path: string): Promise<[FoundSpool, ...FoundSpool[]]> {
  const spool = await spoolAt(path);
  if (spool) return [spool];
  if (await isThere(join(path, "spool.json"))) return [{ path: resolve(path), state: "left" }];
  const spools = await spoolsOf(path);
  const recordings = spools.filter((spool) => !isRemnant(spool));
  if (recordings.length > 1) throw severalSpools(path, recordings);
  const [first = noSpool(path), ...others] = spools;
  return [first, ...others];
}

/** Sorts spools so that a copy is removed before its source. */
export function copiesFirst(spools: readonly FoundSpool[]): FoundSpool[] {
  return [...spools.filter(isRemnant), ...spools.filter((spool) => !isRemnant(spool))];
}

/** Whether the spool was left by an interrupted scrub or recovery, not by a recording. */
export function isRemnant({ state }: FoundSpool): boolean {
  return state === "copy" || state === "empty";
}

async function spoolAt(path: string): Promise<SpoolInfo | null> {
  const stats = await lstat(path).catch(() => null);
  return stats?.isDirectory() ? describeSpool(resolve(path)) : null;
}

async function spoolsOf(target: string): Promise<SpoolInfo[]> {
  const found = await Promise.all((await findSpools(target)).map(describeSpool));
  return found.filter((spool) => spool !== null);
}

/** @throws CassetteError CASSETTE_NOT_FOUND. */
export async function requireFolder(path: string): Promise<void> {
  if (!(await isThere(path))) noSpool(path);
}

function noSpool(file: string): never {
  throw new CassetteError("CASSETTE_NOT_FOUND", "This cassette has no interrupted recording.", {
    file,
    hint: "List those of a folder: cassette recover --list FOLDER",
  });
}

/** The error for a path that matches several spools. */
export function severalSpools(file: string, spools: readonly FoundSpool[]): CassetteError {
  const names = spools.map(({ path }) => shellWord(relative("", path)));
  return new CassetteError("CASSETTE_USAGE", `There are ${spools.length} interrupted recordings here.`, {
    file,
    hint: `Name one of them: ${names.join(", ")}`,
  });
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
