import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { CassetteError, type JsonValue, type Manifest } from "@cassette/format";
import { describeThisProcess, type ProcessOwner, parseOwner } from "../lock/process-owner.js";
import { pathExists } from "../path-exists.js";
import { writeDocument } from "./documents.js";
import type { FileSystem } from "./file-system.js";
import { attempt, writeFailed } from "./write-error.js";

/**
 * The private directory beside the target in which a recording is made. The cassette is a directory inside it, so
 * that it can have its final mode and be renamed, while the spool itself is private.
 */
export interface SpoolPaths {
  root: string;
  /** The future cassette. */
  cassette: string;
  /** The unsealed recording, once {@link cassette} is the sealed one. */
  unsealed: string;
  /** Where the sealed one is made. */
  sealed: string;
  /** Where an old cassette is moved while the new one takes its name. */
  replaced: string;
  /** The recording, once `recover` has made a cassette of it elsewhere. */
  saved: string;
  /** The note for `recover`. */
  note: string;
}

/** `spool.json`: the target of a recording, and its owner. */
export interface SpoolNote {
  /** Absolute path of the cassette; a note is untrusted, so it never causes a write there. */
  target: string;
  integrity: boolean;
  gitAttributes: boolean;
  manifest: Manifest;
  /** Settings for sealing; see `scrub` of the recorder's options. */
  scrub: JsonValue;
  /** Source of the copy: a cassette being scrubbed, a spool being recovered. Null for a recording. */
  source: string | null;
  /** The recording process; null after it has released the spool. */
  owner: ProcessOwner | null;
}

const PRIVATE_DIRECTORY = 0o700;
/** Mode of a cassette, through the umask. */
export const CASSETTE_DIRECTORY = 0o750;

/** The names inside a spool. */
export function spoolPaths(root: string): SpoolPaths {
  return {
    root,
    cassette: join(root, "cassette"),
    unsealed: join(root, "unsealed"),
    sealed: join(root, "sealed"),
    replaced: join(root, "replaced"),
    saved: join(root, "saved"),
    note: join(root, NOTE),
  };
}

const GIT_IGNORE = ".gitignore";
const NOTE = "spool.json";
const NEW_NOTE = "spool.json.new";

/**
 * The target of the spool at `root`: beside it, under the name in the spool's name. Null for a directory that is not named like a
 * spool.
 */
export function targetOfSpool(root: string): string | null {
  const name = /^\.(.+)\.spool-[0-9a-f]{12}$/s.exec(basename(root))?.[1];
  return name === undefined || name === "." || name === ".." ? null : join(dirname(root), name);
}

/** Whether a directory has the name of a spool and is empty, or contains an empty one. */
export async function isEmptySpool(root: string): Promise<boolean> {
  if (targetOfSpool(root) === null) return false;
  const names = await readdir(root).catch(() => null);
  return names?.every((name) => name === GIT_IGNORE || name === NEW_NOTE) ?? false;
}

/** The prefix of the names of a target's spools. */
function spoolPrefix(target: string): string {
  return `.${basename(resolve(target))}.spool-`;
}

/** Makes the spool of a recording of this process. */
export async function createSpool(fs: FileSystem, note: Omit<SpoolNote, "owner">): Promise<SpoolPaths> {
  const { target } = note;
  const parent = dirname(target);
  const paths = spoolPaths(join(parent, spoolPrefix(target) + randomBytes(6).toString("hex")));
  try {
    await fs.makeDirectory(paths.root, PRIVATE_DIRECTORY);
  } catch (cause) {
    throw cannotBegin(parent, cause);
  }
  try {
    await writeDocument(fs, join(paths.root, GIT_IGNORE), Buffer.from("*\n"));
    await writeNote(fs, paths, { ...note, owner: describeThisProcess() });
    await attempt(paths.cassette, () => fs.makeDirectory(paths.cassette, CASSETTE_DIRECTORY));
    await attempt(paths.root, () => fs.syncDirectory(paths.root));
    return paths;
  } catch (error) {
    await removeSpool(fs, paths).catch(() => undefined);
    throw error;
  }
}

/** The caller knows the cassette, not the spool: the error names the cassette's folder. */
function cannotBegin(parent: string, cause: unknown): CassetteError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === "ENAMETOOLONG")
    throw new CassetteError("CASSETTE_WRITE_FAILED", "The cassette's name is too long.", {
      file: parent,
      cause,
      hint: "Choose a name of at most 230 bytes: while it is recorded, its directory has a longer one.",
    });
  if (code !== "ENOENT" && code !== "ENOTDIR") return writeFailed(parent, cause);
  return new CassetteError("CASSETTE_NOT_FOUND", "The cassette's folder does not exist.", {
    file: parent,
    cause,
    hint: "Make it first.",
  });
}

/** Names in a spool that no recorder creates, sorted. */
export async function foreignNamesIn(spool: SpoolPaths): Promise<string[]> {
  const known = new Set([GIT_IGNORE, NEW_NOTE, ...Object.values(spool).map((path) => basename(path))]);
  return (await readdir(spool.root)).filter((name) => !known.has(name)).sort();
}

/** Removes the spool of a failed step, unless it contains the only copy of an old cassette. */
export async function removeUnlessNeeded(fs: FileSystem, spool: SpoolPaths): Promise<void> {
  if (!(await pathExists(spool.replaced))) await removeSpool(fs, spool).catch(() => undefined);
}

/** Removes a spool, its note last: what is left after an interruption can still be identified. */
export async function removeSpool(fs: FileSystem, { root, note }: SpoolPaths): Promise<void> {
  await attempt(root, async () => {
    const names = await readdir(root).catch(() => []);
    for (const name of names) if (join(root, name) !== note) await fs.remove(join(root, name));
    await fs.remove(root);
  });
}

/** Writes `spool.json` atomically. */
export async function writeNote(fs: FileSystem, spool: SpoolPaths, note: SpoolNote): Promise<void> {
  const path = join(spool.root, NEW_NOTE);
  // The existing entry may be a link or a pipe.
  await attempt(path, () => fs.remove(path));
  await writeDocument(fs, path, Buffer.from(`${JSON.stringify(note)}\n`));
  await attempt(spool.note, () => fs.rename(path, spool.note));
}

/** Reads the text of a `spool.json`. @throws CassetteError CASSETTE_RECOVER_FAILED. */
export function parseSpoolNote(text: string, file: string): SpoolNote {
  const unusable = () =>
    new CassetteError("CASSETTE_RECOVER_FAILED", "The spool does not say what it was to become.", { file });
  const note = parseObject(text);
  if (note === null) throw unusable();
  const { target, integrity, gitAttributes, manifest, scrub, source, owner } = note;
  if (typeof target !== "string" || typeof manifest !== "object" || manifest === null) throw unusable();
  const known = parseOwner(owner);
  if (known === null && owner !== null) throw unusable();
  return {
    target,
    integrity: integrity === true,
    gitAttributes: gitAttributes === true,
    manifest: manifest as Manifest,
    scrub: (scrub ?? null) as JsonValue,
    source: typeof source === "string" ? source : null,
    owner: known,
  };
}

/** Null if the text is no JSON object. */
function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
