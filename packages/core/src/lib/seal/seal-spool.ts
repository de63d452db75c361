import type { ScrubReport } from "@cassette/format";
import { pathExists } from "../path-exists.js";
import type { Verified } from "../reader/verify.js";
import type { FileSystem } from "../spool/file-system.js";
import type { SpoolPaths } from "../spool/spool.js";
import { attempt } from "../spool/write-error.js";
import { sealDirectory } from "./seal-directory.js";
import type { SealOptions } from "./seal-options.js";

/** A spool with a complete cassette in it. */
export interface SealableSpool {
  fs: FileSystem;
  spool: SpoolPaths;
  integrity: boolean;
  /** Its verification, if the cassette was just verified. */
  verified?: Verified;
}

/** Replaces the cassette in the spool with a sealed one; the unsealed one is kept until the spool is removed. */
export async function sealSpool(
  { fs, spool, integrity, verified }: SealableSpool,
  options: SealOptions,
): Promise<ScrubReport> {
  await undoSealing(fs, spool);
  const report = await sealDirectory(
    { fs, from: spool.cassette, to: spool.sealed, integrity, verified },
    options,
  );
  await attempt(spool.unsealed, () => fs.rename(spool.cassette, spool.unsealed));
  await attempt(spool.cassette, () => fs.rename(spool.sealed, spool.cassette));
  await attempt(spool.root, () => fs.syncDirectory(spool.root));
  return report;
}

/**
 * Resets a spool to before an unfinished seal. A sealed copy can be made again; the unsealed
 * recording exists once.
 */
async function undoSealing(fs: FileSystem, spool: SpoolPaths): Promise<void> {
  if (await pathExists(spool.unsealed)) {
    const isNamed = !(await pathExists(spool.cassette)) && !(await pathExists(spool.sealed));
    if (isNamed) return;
    await attempt(spool.cassette, () => fs.remove(spool.cassette));
    await attempt(spool.cassette, () => fs.rename(spool.unsealed, spool.cassette));
  }
  await attempt(spool.sealed, () => fs.remove(spool.sealed));
}
