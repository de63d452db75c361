import { constants, type Stats } from "node:fs";
import { lstat, open } from "node:fs/promises";
import { join } from "node:path";
import { CassetteError } from "@cassette/format";
import { readFailed } from "../reader/file-errors.js";
import type { FileSystem } from "../spool/file-system.js";
import {
  foreignNamesIn,
  parseSpoolNote,
  removeSpool,
  type SpoolNote,
  type SpoolPaths,
} from "../spool/spool.js";

// A spool may come from a repository or an archive: it is checked before it is used.

const MOST_NOTE_BYTES = 64 * 1024 ** 2;
/** System error codes for a note that is missing, or is a link or a pipe. */
const NO_NOTE: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ELOOP", "ENXIO"]);
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Checks that a spool and the directories that a recorder makes in it are directories, not links.
 * @throws CassetteError CASSETTE_RECOVER_FAILED.
 */
export async function checkSpoolDirectories({ note: _, ...paths }: SpoolPaths): Promise<void> {
  for (const path of Object.values(paths)) {
    const stats: Stats | null = await lstat(path).catch(() => null);
    if (stats !== null && !stats.isDirectory())
      throw recoverFailed(path, "This is not a directory of a spool.");
  }
}

/**
 * Reads a spool's note.
 * @throws CassetteError CASSETTE_RECOVER_FAILED, CASSETTE_READ_FAILED.
 */
export async function readSpoolNote({ root, note }: SpoolPaths): Promise<SpoolNote> {
  const text = await readSmallFile(note).catch((cause) => {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== undefined && !NO_NOTE.has(code)) throw readFailed(note, cause);
    throw recoverFailed(root, "This is not a spool.", { cause });
  });
  return parseSpoolNote(text, note);
}

async function readSmallFile(path: string): Promise<string> {
  const file = await open(path, FLAGS);
  try {
    const stats = await file.stat();
    if (!stats.isFile() || stats.size > MOST_NOTE_BYTES) throw new Error("not a note");
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

/**
 * Removes a spool that contains only what a recorder creates.
 * @throws CassetteError CASSETTE_RECOVER_FAILED, CASSETTE_WRITE_FAILED.
 */
export async function removeOnlySpool(fs: FileSystem, paths: SpoolPaths): Promise<void> {
  const [foreign] = await foreignNamesIn(paths);
  if (foreign === undefined) return removeSpool(fs, paths);
  throw recoverFailed(
    join(paths.root, foreign),
    "This is no part of a spool, so the spool was not removed.",
    {
      hint: "Move it away first.",
    },
  );
}

/** @param file the spool or a part of it. */
export function recoverFailed(
  file: string,
  message: string,
  details: { hint?: string; cause?: unknown } = {},
): CassetteError {
  return new CassetteError("CASSETTE_RECOVER_FAILED", message, { file, ...details });
}
