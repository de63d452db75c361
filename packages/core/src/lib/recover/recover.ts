import { resolve } from "node:path";
import { CassetteError, type JsonValue, type Manifest, type ScrubReport } from "@cassette/format";
import { encodeManifest, parseManifest } from "@cassette/format/schema";
import { isThere } from "../is-there.js";
import { isProvenDead } from "../lock/process-owner.js";
import { openCassette } from "../reader/open-cassette.js";
import { type FileSystem, nodeFileSystem } from "../recorder/file-system.js";
import { createFinalizer } from "../recorder/finalize.js";
import {
  CASSETTE_DIRECTORY,
  isEmptySpool,
  removeSpool,
  type SpoolNote,
  type SpoolPaths,
  spoolPaths,
  targetOfSpool,
  writeNote,
} from "../recorder/spool.js";
import { createSpoolWriter } from "../recorder/spool-writer.js";
import { UNLIMITED } from "../recorder/unlimited.js";
import { attempt } from "../recorder/write-error.js";
import type { SealOptions } from "../seal/seal-options.js";
import { undoSealing } from "../seal/seal-spool.js";
import { checkSpoolDirectories, readSpoolNote, recoveredUnsealed, recoverFailed } from "./check-spool.js";
import { putBackReplaced, putBackSalvaged } from "./put-back.js";
import { type Salvage, salvage } from "./salvage.js";

/** How to recover. */
export interface RecoverOptions {
  /** Path of the cassette to make. Default: beside the spool, under the name in the spool's own. */
  target?: string;
  /** Replace an existing cassette. Default false: a partial recording must not displace a whole one unasked. */
  overwrite?: boolean;
  /** How to seal it, given what its recorder left for that. Default: it is not sealed, and the report says "not-run". */
  seal?: (scrub: JsonValue) => SealOptions | Promise<SealOptions>;
  /** Take the spool although its process may be alive, on another host for example. Default false. */
  evenIfOwned?: boolean;
}

/** What came of it. */
export interface Recovery extends Salvage {
  /** Path of the cassette. */
  target: string;
  /** What was scrubbed; null if nothing was sealed. */
  report: ScrubReport | null;
}

/** Nothing is missing. */
const WHOLE: Salvage = { interrupted: false, missing: 0, undescribed: 0, lost: [], complete: true };

/**
 * Turns an interrupted spool into a cassette. Every readable record and every byte of output is kept; an unknown end is marked
 * `interrupted` in `final.metadata` and has no exit, and output that no record describes is listed there. It is sealed if
 * `seal` says how. An old cassette that had been put aside for it is put back first. The spool is removed once every byte of it is
 * in the cassette; otherwise it stays.
 *
 * A spool may be hostile: nothing is written outside of it but the cassette and an old cassette that is valid.
 * @param spool path of the spool.
 * @returns null if nothing was in the spool, which is removed then.
 * @throws CassetteError CASSETTE_RECOVER_FAILED with the reason, CASSETTE_TARGET_EXISTS, CASSETTE_WRITE_FAILED.
 */
export function recover(spool: string, options: RecoverOptions = {}): Promise<Recovery | null> {
  return recoverOn(nodeFileSystem, spool, options);
}

/** @param fs the disk. */
async function recoverOn(fs: FileSystem, spool: string, options: RecoverOptions): Promise<Recovery | null> {
  const paths = spoolPaths(resolve(spool));
  await checkSpoolDirectories(paths);
  if (await isEmptySpool(paths.root)) {
    await attempt(paths.root, () => fs.remove(paths.root));
    return null;
  }
  const note = await readSpoolNote(paths);
  if (note.owner && !options.evenIfOwned && !isProvenDead(note.owner)) {
    throw recoverFailed(paths.root, "The recording may still be in progress.");
  }
  const place = targetOfSpool(paths.root);
  const target = options.target === undefined ? place : resolve(options.target);
  if (target === null) {
    throw recoverFailed(paths.root, "The directory is not named like a spool.", {
      hint: "Name the cassette to make: cassette recover SPOOL --output DIR.",
    });
  }
  if (await isThere(paths.recovered)) await putBackSalvaged(fs, paths);
  await putBackReplaced(fs, paths, place);
  if (note.source !== null) return discardSealing(fs, paths, note.source);
  await undoSealing(fs, paths);
  if (await isThere(paths.cassette)) return { target, ...(await rebuild(fs, paths, note, target, options)) };
  const named = await committed(note, place === null ? [target] : [target, place]);
  if (named !== null) {
    await removeSpool(fs, paths);
    return { target: named, report: null, ...WHOLE };
  }
  if (!(await putBackNamed(fs, paths))) throw recoverFailed(paths.root, "Nothing was recorded yet.");
  return { target, ...(await rebuild(fs, paths, note, target, options)) };
}

/** The spool of a scrub holds nothing that its source does not. */
async function discardSealing(fs: FileSystem, paths: SpoolPaths, source: string): Promise<never> {
  if (!(await isThere(source))) {
    throw recoverFailed(source, "The cassette that was being scrubbed is missing.", {
      hint: "What was made of it is in the spool's folder `cassette`.",
    });
  }
  await removeSpool(fs, paths);
  throw recoverFailed(source, "This cassette was being scrubbed and is unchanged. Scrub it again.");
}

/** Brings back a recording whose cassette had got its name and is no longer there. */
async function putBackNamed(fs: FileSystem, paths: SpoolPaths): Promise<boolean> {
  await putBackSalvaged(fs, paths);
  if (!(await isThere(paths.cassette)) && (await isThere(paths.unsealed))) {
    await attempt(paths.cassette, () => fs.rename(paths.unsealed, paths.cassette));
  }
  return isThere(paths.cassette);
}

/** Builds the cassette beside the original, which is kept until the new one has its name. */
async function rebuild(
  fs: FileSystem,
  paths: SpoolPaths,
  note: SpoolNote,
  target: string,
  { overwrite = false, seal }: RecoverOptions,
): Promise<Omit<Recovery, "target">> {
  const spool = { ...paths, cassette: paths.recovered, unsealed: recoveredUnsealed(paths.root) };
  const { integrity, gitAttributes, scrub } = note;
  const manifest = checkManifest(note.manifest, paths);
  // It may refuse: nothing has been changed yet.
  const sealing = await seal?.(scrub);
  await removeRecovered(fs, paths);
  await attempt(spool.cassette, () => fs.makeDirectory(spool.cassette, CASSETTE_DIRECTORY));
  const writer = await createSpoolWriter(fs, spool.cassette);
  try {
    const salvaged = await salvage(paths.cassette, writer);
    const documents = { target, manifest, overwrite, integrity, gitAttributes };
    // Without `cassette`, a spool says that its recording has got its name.
    const ends = salvaged.complete
      ? { beforeNaming: () => attempt(paths.salvaged, () => fs.rename(paths.cassette, paths.salvaged)) }
      : { afterNaming: () => keepSpool(fs, paths, note) };
    const close = createFinalizer({ fs, spool, writer, ...documents, ...ends });
    const report = await close(sealing);
    return { ...salvaged, report };
  } catch (error) {
    await writer.close().catch(() => undefined);
    await putBackSalvaged(fs, paths).catch(() => undefined);
    throw error;
  }
}

/** Leaves the spool with the recording in it, for there is more in it than in the cassette. */
async function keepSpool(fs: FileSystem, paths: SpoolPaths, note: SpoolNote): Promise<void> {
  await removeRecovered(fs, paths);
  await attempt(paths.replaced, () => fs.remove(paths.replaced));
  await writeNote(fs, paths, { ...note, owner: null });
}

async function removeRecovered(fs: FileSystem, { root, recovered }: SpoolPaths): Promise<void> {
  for (const path of [recovered, recoveredUnsealed(root)]) await attempt(path, () => fs.remove(path));
}

function checkManifest(manifest: Manifest, { note }: SpoolPaths): Manifest {
  try {
    return parseManifest(encodeManifest(manifest), { file: note });
  } catch (cause) {
    throw recoverFailed(note, "The spool's manifest is not valid.", { cause });
  }
}

/** The one of the targets that holds the recording, whole; null if it never got its name. */
async function committed(note: SpoolNote, targets: readonly string[]): Promise<string | null> {
  for (const target of targets) {
    try {
      await using cassette = await openCassette(target, {
        limits: UNLIMITED,
        expect: { id: note.manifest.id },
      });
      if (cassette.manifest.id === note.manifest.id) return target;
    } catch (error) {
      if (!(error instanceof CassetteError)) throw error;
    }
  }
  return null;
}
