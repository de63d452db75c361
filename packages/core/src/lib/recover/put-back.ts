import { CassetteError } from "@cassette/format";
import { isThere } from "../is-there.js";
import { syncRenames } from "../recorder/commit.js";
import type { FileSystem } from "../recorder/file-system.js";
import type { SpoolNote, SpoolPaths } from "../recorder/spool.js";
import { attempt } from "../recorder/write-error.js";

/**
 * Undoes the first of the two renames of an overwriting commit when the second did not happen: the old cassette gets its
 * name back. If both happened the old one is superseded and may go with the spool.
 */
export async function putBackReplaced(fs: FileSystem, spool: SpoolPaths, note: SpoolNote): Promise<void> {
  if (!(await isThere(spool.replaced))) return;
  const renamedInto = !(await isThere(spool.cassette)) && !(await isThere(spool.recovered));
  if (renamedInto) return;
  if (await isThere(note.target)) {
    throw new CassetteError(
      "CASSETTE_RECOVER_FAILED",
      "An old cassette was put aside, and something else has taken its place.",
      { file: spool.replaced, hint: "Move one of the two away, then recover again." },
    );
  }
  await attempt(note.target, () => fs.rename(spool.replaced, note.target));
  await syncRenames(fs, spool, note.target);
}

/** Undoes putting the recording aside when what was recovered of it did not get its name. */
export async function putBackSalvaged(fs: FileSystem, spool: SpoolPaths): Promise<void> {
  if (!(await isThere(spool.salvaged)) || !(await isThere(spool.recovered))) return;
  await attempt(spool.cassette, () => fs.rename(spool.salvaged, spool.cassette));
}
