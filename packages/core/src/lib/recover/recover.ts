import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ARTIFACT, CassetteError, type JsonValue, type ScrubReport } from "@cassette/format";
import { parseManifest } from "@cassette/format/schema";
import { isThere } from "../is-there.js";
import { isProvenDead } from "../lock/process-owner.js";
import { createClosing } from "../recorder/closing.js";
import { type FileSystem, nodeFileSystem } from "../recorder/file-system.js";
import {
  CASSETTE_DIRECTORY,
  isEmptySpool,
  parseSpoolNote,
  removeSpool,
  type SpoolNote,
  type SpoolPaths,
  spoolPaths,
} from "../recorder/spool.js";
import { createSpoolWriter } from "../recorder/spool-writer.js";
import { attempt } from "../recorder/write-error.js";
import type { SealOptions } from "../seal/seal-options.js";
import { undoSealing } from "../seal/seal-spool.js";
import { putBackReplaced, putBackSalvaged } from "./put-back.js";
import { type Salvage, salvage } from "./salvage.js";

/** How to recover. */
export interface RecoverOptions {
  /** Where the cassette shall stand; where it was recorded for unless told. */
  target?: string;
  /** Replace a cassette that stands there. Default false: a partial recording must not displace a whole one unasked. */
  overwrite?: boolean;
  /** How to seal it, given what its recorder left for that. Unless told, the report says "not-run". */
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

/** Nothing was cut. */
const WHOLE: Salvage = { interrupted: false, cut: { records: 0, output_bytes: 0 }, lost: [] };

/**
 * Turns an interrupted spool into a cassette of what is whole in it: torn tails are cut, an unknown end is marked
 * `interrupted` in `final.metadata` and given no exit. It is sealed if it is told how. An old cassette that had been put
 * aside for it is put back first. The spool is removed once the cassette stands, and left as it is otherwise.
 * @param spool path of the spool.
 * @returns null if nothing was in the spool, which is gone then: it was only being made, or being taken away.
 * @throws CassetteError CASSETTE_RECOVER_FAILED with the reason, CASSETTE_TARGET_EXISTS, CASSETTE_WRITE_FAILED.
 */
export function recover(spool: string, options: RecoverOptions = {}): Promise<Recovery | null> {
  return recoverOn(nodeFileSystem, spool, options);
}

/** @param fs the disk. */
async function recoverOn(fs: FileSystem, spool: string, options: RecoverOptions): Promise<Recovery | null> {
  const paths = spoolPaths(resolve(spool));
  if (await isEmptySpool(paths.root)) {
    await attempt(paths.root, () => fs.remove(paths.root));
    return null;
  }
  const note = await readNote(paths);
  if (note.owner && !options.evenIfOwned && !isProvenDead(note.owner)) {
    throw failed(paths.root, "The recording may still be going on.");
  }
  await putBackSalvaged(fs, paths);
  await putBackReplaced(fs, paths, note);
  if (note.source !== null) {
    await removeSpool(fs, paths);
    throw failed(note.source, "Another cassette was being sealed; it stands as it was. Seal it again.");
  }
  await undoSealing(fs, paths);
  const target = resolve(options.target ?? note.target);
  if (!(await isThere(paths.cassette))) {
    const named = await committed(note, [target, note.target]);
    if (named === null) throw failed(paths.root, "Nothing was recorded yet.");
    await removeSpool(fs, paths);
    return { target: named, report: null, ...WHOLE };
  }
  return { target, ...(await rebuild(fs, paths, note, target, options)) };
}

/** Builds the cassette anew beside the original, which is there until the new one stands at the target. */
async function rebuild(
  fs: FileSystem,
  paths: SpoolPaths,
  note: SpoolNote,
  target: string,
  { overwrite = false, seal }: RecoverOptions,
): Promise<Omit<Recovery, "target">> {
  const names = { cassette: paths.recovered, unsealed: join(paths.root, "recovered-unsealed") };
  const spool = { ...paths, ...names };
  await attempt(spool.unsealed, () => fs.remove(spool.unsealed));
  await attempt(spool.cassette, () => fs.remove(spool.cassette));
  await attempt(spool.cassette, () => fs.makeDirectory(spool.cassette, CASSETTE_DIRECTORY));
  const writer = await createSpoolWriter(fs, spool.cassette);
  try {
    const salvaged = await salvage(paths.cassette, writer);
    const { manifest, integrity, gitAttributes, scrub } = note;
    // Without it, a spool tells that its recording has got its name.
    const beforeNaming = () => attempt(paths.salvaged, () => fs.rename(paths.cassette, paths.salvaged));
    const documents = { target, manifest, overwrite, integrity, gitAttributes };
    const close = createClosing({ fs, spool, writer, ...documents, beforeNaming });
    const report = await close(await seal?.(scrub));
    return { ...salvaged, report };
  } catch (error) {
    await writer.close().catch(() => undefined);
    await putBackSalvaged(fs, paths).catch(() => undefined);
    throw error;
  }
}

async function readNote(paths: SpoolPaths): Promise<SpoolNote> {
  const text = await readFile(paths.note, "utf8").catch((cause) => {
    throw failed(paths.root, "This is not a spool.", cause);
  });
  return parseSpoolNote(text, paths.note);
}

/** The one of the targets at which the recording stood already when it was interrupted; null if it did not. */
async function committed(note: SpoolNote, targets: readonly string[]): Promise<string | null> {
  for (const target of targets) {
    const file = join(target, ARTIFACT.manifest);
    const text = await readFile(file, "utf8").catch(() => null);
    if (text !== null && idIn(text, file) === note.manifest.id) return target;
  }
  return null;
}

function idIn(manifest: string, file: string): string | null {
  try {
    return parseManifest(manifest, { file }).id;
  } catch {
    return null;
  }
}

function failed(file: string, message: string, cause?: unknown): CassetteError {
  return new CassetteError("CASSETTE_RECOVER_FAILED", message, { file, cause });
}
