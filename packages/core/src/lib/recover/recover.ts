import { resolve } from "node:path";
import {
  CassetteError,
  isCassetteError,
  type JsonValue,
  type Manifest,
  type ScrubReport,
} from "@cassette/format";
import { encodeManifest, parseManifest } from "@cassette/format/schema";
import { isProvenDead } from "../lock/process-owner.js";
import { pathExists } from "../path-exists.js";
import { createFinalizer } from "../recorder/finalize.js";
import type { SealOptions } from "../seal/seal-options.js";
import { type FileSystem, nodeFileSystem } from "../spool/file-system.js";
import {
  createSpool,
  isEmptySpool,
  removeSpool,
  removeUnlessNeeded,
  type SpoolNote,
  type SpoolPaths,
  spoolPaths,
  targetOfSpool,
} from "../spool/spool.js";
import { createSpoolWriter, type SpoolWriter } from "../spool/spool-writer.js";
import { checkTarget } from "../spool/target.js";
import { writeFailed } from "../spool/write-error.js";
import { checkSpoolDirectories, readSpoolNote, recoverFailed, removeOnlySpool } from "./check-spool.js";
import { findNamed, findRecording, isCopy } from "./find-recording.js";
import { findSpools } from "./find-spools.js";
import { restoreReplaced } from "./restore-replaced.js";
import { type Salvage, salvage } from "./salvage.js";

/** Options of {@link recover}. */
export interface RecoverOptions {
  /** Path of the cassette to make. Default: beside the spool, under the name in the spool's own. */
  target?: string;
  /** Replace an existing cassette. Default false: a partial recording must not silently replace a whole one. */
  overwrite?: boolean;
  /** How to seal it, given the settings in the spool. Default: it is not sealed, and the report says "not-run". */
  seal?: (scrub: JsonValue) => SealOptions | Promise<SealOptions>;
  /** Take over the spool although its process may be alive, for example on another host. Default false. */
  evenIfOwned?: boolean;
}

/** The result of a recovery. */
export interface Recovery extends Salvage {
  /** Path of the cassette. */
  target: string;
  /** What was scrubbed; null if nothing was sealed. */
  report: ScrubReport | null;
}

/** Whether nothing is missing. */
const WHOLE: Salvage = { interrupted: false, missing: 0, undescribed: 0, lost: [], complete: true };

/**
 * Turns an interrupted spool into a cassette. Every readable record and every byte of output is kept; an unknown end is marked
 * `interrupted` in `final.metadata` and has no exit, and output that no record describes is listed there. It is sealed if
 * `seal` says how. An old cassette that was moved aside for it is restored first. The spool is removed once every byte of it is
 * in the cassette; otherwise it is kept.
 *
 * A spool may be hostile: nothing inside it is written to, and at the target only the cassette and an old cassette
 * that is valid are written.
 * @param spool path of the spool.
 * @returns null if the spool contained nothing to recover and was removed: it was empty, or a copy of something that is intact.
 * @throws CassetteError CASSETTE_RECOVER_FAILED with the reason, CASSETTE_TARGET_EXISTS, CASSETTE_WRITE_FAILED.
 */
export function recover(spool: string, options: RecoverOptions = {}): Promise<Recovery | null> {
  return recoverOn(nodeFileSystem, spool, options);
}

/** @param fs the disk. */
export async function recoverOn(
  fs: FileSystem,
  spool: string,
  options: RecoverOptions = {},
): Promise<Recovery | null> {
  const paths = spoolPaths(resolve(spool));
  await checkSpoolDirectories(paths);
  if (await isEmptySpool(paths.root)) return removeUseless(fs, paths);
  const note = await readSpoolNote(paths);
  if (!options.evenIfOwned) demandAbandoned(paths, note);
  if (await pathExists(paths.saved)) return removeUseless(fs, paths);
  const place = targetOfSpool(paths.root);
  await restoreReplaced(fs, paths, place);
  if (note.source !== null) return removeCopy(fs, paths, note);
  const target = checkedTarget(paths, options.target ?? place);
  const recording = await findRecording(paths);
  if (recording !== null) return rebuild({ fs, paths, note, recording, target }, options);
  return (
    (await removeNamed(fs, paths, await findNamed(note, place === null ? [target] : [target, place]))) ??
    (await rebuildUnsealed({ fs, paths, note, recording: paths.unsealed, target }, options))
  );
}

/** Removes the spool of a cassette that has its name already. */
async function removeNamed(
  fs: FileSystem,
  paths: SpoolPaths,
  named: string | null,
): Promise<Recovery | null> {
  if (named === null) return null;
  await removeOnlySpool(fs, paths);
  return { target: named, report: null, ...WHOLE };
}

/** Makes a cassette again that was moved or removed. */
async function rebuildUnsealed(source: Source, options: RecoverOptions): Promise<Recovery> {
  if (await pathExists(source.recording)) return rebuild(source, options);
  throw recoverFailed(source.paths.root, "Nothing was recorded yet.");
}

function demandAbandoned({ root }: SpoolPaths, { owner }: SpoolNote): void {
  if (owner === null || isProvenDead(owner)) return;
  throw recoverFailed(root, "The recording may still be in progress.");
}

async function removeUseless(fs: FileSystem, paths: SpoolPaths): Promise<null> {
  await removeOnlySpool(fs, paths);
  return null;
}

/** Removes the copy of an interrupted scrub or recovery: its source is intact, or its cassette was committed. */
async function removeCopy(fs: FileSystem, paths: SpoolPaths, note: SpoolNote): Promise<null> {
  if (!(await pathExists(paths.cassette)) || (await isCopy(paths, note))) return removeUseless(fs, paths);
  throw recoverFailed(paths.root, "The source of this copy is missing.", {
    hint: "What was copied is in the spool's folder `cassette`. If it is of no use: cassette recover --discard SPOOL.",
  });
}

function checkedTarget({ root }: SpoolPaths, named: string | null): string {
  if (named === null) {
    throw recoverFailed(root, "The directory is not named like a spool.", {
      hint: "Name the cassette to make: cassette recover SPOOL --output DIR.",
    });
  }
  const target = resolve(named);
  if (target !== root && !target.startsWith(`${root}/`)) return target;
  throw recoverFailed(root, "The cassette cannot be made inside the spool.", {
    hint: "Name another directory.",
  });
}

/** The source of a recovered cassette. */
interface Source {
  fs: FileSystem;
  paths: SpoolPaths;
  note: SpoolNote;
  /** The directory with the recording. */
  recording: string;
  target: string;
}

/**
 * Builds the cassette in a new spool beside the target. The spool of the recording is only read until the cassette has its
 * name: so it may be on a full or read-only disk, and nothing in it is ever written to.
 */
async function rebuild(source: Source, options: RecoverOptions): Promise<Recovery> {
  const { fs, paths, note, target } = source;
  const { overwrite = false } = options;
  await removeEarlierCopies(source);
  await checkTarget(target, overwrite);
  const manifest = checkManifest(note.manifest, paths);
  const sealing = await options.seal?.(note.scrub);
  const { integrity, gitAttributes } = note;
  const kept = { target, integrity, gitAttributes, manifest };
  const spool = await createSpool(fs, { ...kept, scrub: null, source: paths.root });
  let writer: SpoolWriter | undefined;
  try {
    writer = await createSpoolWriter(fs, spool.cassette);
    const salvaged = await salvage(paths, source.recording, writer, sealing?.signal);
    const beforeNaming = () => checkUnchanged(source);
    const report = await createFinalizer({ fs, spool, writer, ...kept, overwrite, beforeNaming })(sealing);
    if (salvaged.complete) await removeSaved(source);
    return { target, report, ...salvaged };
  } catch (error) {
    await writer?.close().catch(() => undefined);
    await removeUnlessNeeded(fs, spool);
    throw inSpool(error, spool, paths);
  }
}

/** Removes what earlier attempts left, and restores what they had moved aside. */
async function removeEarlierCopies({ fs, paths, target }: Source): Promise<void> {
  for (const spool of await findSpools(target)) {
    const note = await readSpoolNote(spoolPaths(spool)).catch(() => null);
    const isDead = note?.owner != null && isProvenDead(note.owner);
    if (isDead && note.source === paths.root) await recoverOn(fs, spool);
  }
}

/** Another process may have recovered the same spool in the meantime and begun to remove it. */
async function checkUnchanged({ paths, recording }: Source): Promise<void> {
  if (await pathExists(recording)) return;
  throw recoverFailed(paths.root, "Another process has recovered this spool meanwhile.");
}

/** Renamed first, so that the rest of an interrupted removal is not mistaken for the recording. */
async function removeSaved({ fs, paths, recording, target }: Source): Promise<void> {
  try {
    await fs.rename(recording, paths.saved);
    await removeSpool(fs, paths);
  } catch (cause) {
    const { code, message } = writeFailed(paths.root, cause);
    const hint = `The cassette ${target} was made and holds every byte; only the spool could not be removed.`;
    throw new CassetteError(code, message, { file: paths.root, cause, hint });
  }
}

/** The copy is gone when the error is reported: the user has to look at the recording. */
function inSpool(error: unknown, copy: SpoolPaths, { root }: SpoolPaths): unknown {
  if (!isCassetteError(error, "CASSETTE_SECRET_REMAINS") || !error.file?.startsWith(copy.root)) return error;
  const { seq, hint } = error;
  return new CassetteError(error.code, error.message, { file: root, seq, hint });
}

function checkManifest(manifest: Manifest, { note }: SpoolPaths): Manifest {
  try {
    return parseManifest(encodeManifest(manifest), { file: note });
  } catch (cause) {
    throw recoverFailed(note, "The spool's manifest is not valid.", { cause });
  }
}
