import type { BigIntStats } from "node:fs";
import { constants } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";
import { join } from "node:path";
import { type ArtifactName, CassetteError } from "@cassette/format";

/** One regular file of a cassette, held open: whatever happens to its name, these are the bytes that were checked. */
export interface ArtifactFile {
  readonly name: ArtifactName;
  readonly path: string;
  /** Bytes when it was opened. */
  readonly size: number;
  /** Reads into `target` from `position`; returns how many bytes, 0 at the end. */
  read(target: Uint8Array, position: number): Promise<number>;
  /** @throws CassetteError CASSETTE_ARTIFACT_CHANGED if it was written to since it was opened. */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

// Without O_NONBLOCK opening a FIFO waits for a writer for ever.
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens a file of a cassette. Only a regular file no larger than `maxBytes` will do; symlinks are not followed.
 * @returns null if there is none.
 */
export async function openArtifact(
  dir: string,
  name: ArtifactName,
  maxBytes: number,
): Promise<ArtifactFile | null> {
  const path = join(dir, name);
  const before = await guarded(path, () => lstat(path));
  if (before === null) return null;
  // Asked before opening, since opening a device may already do something.
  if (!before.isFile()) throw notAFile(path);
  const handle = await guarded(path, () => open(path, OPEN_FLAGS));
  if (handle === null) return null;
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) throw notAFile(path);
    if (stats.size > BigInt(maxBytes)) throw tooLarge(path, maxBytes, stats.size);
    return createArtifactFile(name, path, handle, stats);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function createArtifactFile(
  name: ArtifactName,
  path: string,
  handle: FileHandle,
  opened: BigIntStats,
): ArtifactFile {
  return {
    name,
    path,
    size: Number(opened.size),
    async read(target, position) {
      try {
        const { bytesRead } = await handle.read(target, 0, target.byteLength, position);
        return bytesRead;
      } catch (cause) {
        throw readFailed(path, cause);
      }
    },
    async assertUnchanged() {
      const now = await handle.stat({ bigint: true });
      if (now.size !== opened.size || now.mtimeNs !== opened.mtimeNs) throw artifactChanged(path);
    },
    close: () => handle.close(),
  };
}

/** The error of a file that is not what it was when it was checked. */
export function artifactChanged(path: string): CassetteError {
  return new CassetteError("CASSETTE_ARTIFACT_CHANGED", "The file changed while it was being read.", {
    file: path,
  });
}

async function guarded<T>(path: string, run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    if (code === "ELOOP" || code === "ENXIO") throw notAFile(path);
    throw readFailed(path, error);
  }
}

function notAFile(path: string): CassetteError {
  return new CassetteError("CASSETTE_ARTIFACT_NOT_A_FILE", "A regular file is expected here.", {
    file: path,
  });
}

function tooLarge(path: string, expected: number, actual: bigint): CassetteError {
  return new CassetteError("CASSETTE_LIMIT_EXCEEDED", `The file is larger than ${expected} bytes.`, {
    file: path,
    expected,
    actual: Number(actual),
    hint: "Raise the limit if you trust the cassette.",
  });
}

function readFailed(path: string, cause: unknown): CassetteError {
  return new CassetteError("CASSETTE_READ_FAILED", "The file cannot be read.", { file: path, cause });
}
