import { readdir } from "node:fs/promises";
import { pathExists } from "../path-exists.js";
import { openCassette } from "../reader/open-cassette.js";
import { syncRenames } from "../spool/commit.js";
import type { FileSystem } from "../spool/file-system.js";
import type { SpoolPaths } from "../spool/spool.js";
import { UNLIMITED } from "../spool/unlimited.js";
import { attempt } from "../spool/write-error.js";
import { recoverFailed } from "./check-spool.js";

/**
 * Undoes the first of the two renames of an overwriting commit when the second did not happen: the old cassette gets its
 * name back, if it is one. If both happened, the old one is superseded and may be removed with the spool.
 * @param place where the old cassette belongs.
 */
export async function restoreReplaced(
  fs: FileSystem,
  spool: SpoolPaths,
  place: string | null,
): Promise<void> {
  if (!(await pathExists(spool.replaced))) return;
  const renamedInto = !(await pathExists(spool.cassette));
  if (renamedInto) return;
  if ((await readdir(spool.replaced)).length === 0) {
    await attempt(spool.replaced, () => fs.remove(spool.replaced));
    return;
  }
  if (place === null || (await pathExists(place))) {
    throw recoverFailed(
      spool.replaced,
      "An old cassette was put aside, and something else has taken its place.",
      {
        hint: "Move one of the two away, then recover again.",
      },
    );
  }
  await checkReplaced(spool.replaced);
  await attempt(place, () => fs.rename(spool.replaced, place));
  await syncRenames(fs, spool, place);
}

/** Only a cassette is ever moved aside; anything else is not moved out of the spool. */
async function checkReplaced(dir: string): Promise<void> {
  try {
    await (await openCassette(dir, { limits: UNLIMITED })).close();
  } catch (cause) {
    throw recoverFailed(dir, "The old cassette that was put aside is not valid.", {
      cause,
      hint: "Move it away, then recover again.",
    });
  }
}
