import { resolve } from "node:path";
import type { Manifest, ScrubReport } from "@cassette/format";
import { openCassette } from "../reader/open-cassette.js";
import { renameIntoPlace, syncRenames } from "../spool/commit.js";
import { nodeFileSystem } from "../spool/file-system.js";
import { writeGitAttributes } from "../spool/git-attributes.js";
import { createSpool, removeSpool, removeUnlessNeeded } from "../spool/spool.js";
import { checkTarget } from "../spool/target.js";
import { UNLIMITED } from "../spool/unlimited.js";
import { scrubStatedFacts } from "./scrub-facts.js";
import { sealDirectory } from "./seal-directory.js";
import type { SealOptions } from "./seal-options.js";

/** Options of {@link seal}. */
export interface SealCassetteOptions extends SealOptions {
  /** Replace an existing cassette at the target. Default false. */
  overwrite?: boolean;
  /** Put a `.gitattributes` into the cassette. Default false. */
  gitAttributes?: boolean;
}

/**
 * Makes a scrubbed copy of a cassette of any writer; sizes and digests of all artifacts are put into its manifest.
 * @param source path of a cassette, which is only read.
 * @param target path of the new one.
 * @returns what was scrubbed.
 * @throws CassetteError CASSETTE_SECRET_REMAINS, CASSETTE_TARGET_EXISTS, CASSETTE_WRITE_FAILED, and the errors of opening the
 * source; `signal.reason` when aborted.
 */
export async function seal(
  source: string,
  target: string,
  options: SealCassetteOptions,
): Promise<ScrubReport> {
  const { overwrite = false, gitAttributes = false } = options;
  const fs = nodeFileSystem;
  const path = resolve(target);
  await checkTarget(path, overwrite);
  const { facts } = scrubStatedFacts({ manifest: await manifestOf(source) }, options.redactor);
  const note = {
    target: path,
    integrity: true,
    gitAttributes,
    ...facts,
    scrub: null,
    source: resolve(source),
  };
  const spool = await createSpool(fs, note);
  try {
    const report = await sealDirectory({ fs, from: source, to: spool.cassette, integrity: true }, options);
    if (gitAttributes) await writeGitAttributes(fs, spool.cassette);
    await renameIntoPlace(fs, spool, path, overwrite);
    await syncRenames(fs, spool, path);
    await removeSpool(fs, spool);
    return report;
  } catch (error) {
    await removeUnlessNeeded(fs, spool);
    throw error;
  }
}

async function manifestOf(source: string): Promise<Manifest> {
  const cassette = await openCassette(source, { limits: UNLIMITED });
  await cassette.close();
  return cassette.manifest;
}
