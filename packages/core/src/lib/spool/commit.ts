import { dirname } from "node:path";
import { CassetteError } from "@cassette/format";
import type { FileSystem } from "./file-system.js";
import type { SpoolPaths } from "./spool.js";
import { checkTarget } from "./target.js";
import { attempt, writeFailed } from "./write-error.js";

/**
 * Gives a complete cassette its name. An old one is first moved into the spool; if the new one cannot take its
 * place, the old one is restored.
 */
export async function renameIntoPlace(
  fs: FileSystem,
  spool: SpoolPaths,
  target: string,
  overwrite: boolean,
): Promise<void> {
  const replaces = await checkTarget(target, overwrite);
  if (replaces) {
    await attempt(target, () => fs.rename(target, spool.replaced));
    await syncRenames(fs, spool, target);
  }
  try {
    await fs.rename(spool.cassette, target);
  } catch (cause) {
    if (replaces) await attempt(target, () => fs.rename(spool.replaced, target));
    throw isOccupied(cause) ? occupied(target, cause) : writeFailed(target, cause);
  }
}

/** Makes renames between the spool and the target's directory durable. */
export async function syncRenames(fs: FileSystem, spool: SpoolPaths, target: string): Promise<void> {
  await attempt(spool.root, () => fs.syncDirectory(spool.root));
  const parent = dirname(target);
  await attempt(parent, () => fs.syncDirectory(parent));
}

function isOccupied(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException).code;
  return code === "ENOTEMPTY" || code === "EEXIST" || code === "ENOTDIR";
}

function occupied(file: string, cause: unknown): CassetteError {
  return new CassetteError("CASSETTE_TARGET_EXISTS", "The target was created by another process meanwhile.", {
    file,
    cause,
    hint: "Choose another name: recover the spool with another target.",
  });
}
