import { pathExists } from "../path-exists.js";
import { openCassette } from "../reader/open-cassette.js";
import type { SpoolNote, SpoolPaths } from "../spool/spool.js";
import { spoolPaths } from "../spool/spool.js";
import { UNLIMITED } from "../spool/unlimited.js";
import { readSpoolNote } from "./check-spool.js";

/**
 * Finds the unsealed recording in a spool; a sealed one can be sealed again.
 * @returns its directory; null if it was committed, or if none was begun.
 */
export async function findRecording({ cassette, unsealed, sealed }: SpoolPaths): Promise<string | null> {
  const isNamed = !(await pathExists(cassette)) && !(await pathExists(sealed));
  if (await pathExists(unsealed)) return isNamed ? null : unsealed;
  return (await pathExists(cassette)) ? cassette : null;
}

/** The first of the targets that contains the recording of a spool as a valid cassette; null if none does. */
export async function findNamed(note: SpoolNote, targets: readonly string[]): Promise<string | null> {
  for (const target of targets) if (await isCassette(target, note.manifest.id)) return target;
  return null;
}

/** Whether a spool contains only a copy: its source is a valid cassette, or a spool with the recording. */
export async function isCopy(paths: SpoolPaths, { source, manifest }: SpoolNote): Promise<boolean> {
  if (source === null || source === paths.root || source.startsWith(`${paths.root}/`)) return false;
  return (await isCassette(source, manifest.id)) || (await isSpoolOf(source, manifest.id));
}

async function isCassette(dir: string, id: unknown): Promise<boolean> {
  if (typeof id !== "string" || id === "") return false;
  try {
    await using _ = await openCassette(dir, { limits: UNLIMITED, expect: { id } });
    return true;
  } catch {
    return false;
  }
}

async function isSpoolOf(root: string, id: unknown): Promise<boolean> {
  const paths = spoolPaths(root);
  const note = await readSpoolNote(paths).catch(() => null);
  return note !== null && note.manifest.id === id && (await findRecording(paths)) !== null;
}
