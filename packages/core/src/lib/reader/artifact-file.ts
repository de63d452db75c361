import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
} from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { type ArtifactName, CassetteError, isCassetteError, systemErrorHint } from "@cassette/format";

/** One regular file of a cassette, held open, so that a rename cannot replace the verified bytes. */
export interface ArtifactFile {
  readonly name: ArtifactName;
  readonly path: string;
  /** Bytes when it was opened. */
  readonly size: number;
  /** Reads into `target` from `position`; returns how many bytes, 0 at the end. */
  read(target: Uint8Array, position: number): Promise<number>;
  /** @throws CassetteError CASSETTE_ARTIFACT_CHANGED if it was written after it was opened. */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

// Without O_NONBLOCK opening a FIFO waits for a writer for ever.
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** A file of at most this many bytes is read when it is opened: thread pool round trips would take longer. */
const SMALL = 64 * 1024;

/**
 * Opens a file of a cassette. It must be a regular file of at most `maxBytes`; symlinks are not followed.
 * @returns null if there is none.
 */
export async function openArtifact(
  dir: string,
  name: ArtifactName,
  maxBytes: number,
): Promise<ArtifactFile | null> {
  const path = join(dir, name);
  try {
    const before = lstatSync(path);
    // Checked before opening, since opening a device may have an effect.
    if (!before.isFile()) throw notAFile(path);
    const opener = before.size <= SMALL ? openSmall : openLarge;
    return await opener(name, path, (stats) => {
      if (!stats.isFile()) throw notAFile(path);
      if (stats.size > BigInt(maxBytes)) throw tooLarge(path, maxBytes, stats.size);
    });
  } catch (error) {
    if (isCassetteError(error)) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    if (code === "ELOOP" || code === "ENXIO") throw notAFile(path);
    throw readFailed(path, error);
  }
}

type Check = (stats: BigIntStats) => void;

async function openSmall(name: ArtifactName, path: string, check: Check): Promise<ArtifactFile> {
  const descriptor = openSync(path, OPEN_FLAGS);
  try {
    const opened = fstatSync(descriptor, { bigint: true });
    check(opened);
    const bytes = readFileSync(descriptor);
    return {
      name,
      path,
      size: Number(opened.size),
      async read(target, position) {
        const part = bytes.subarray(position, position + target.byteLength);
        target.set(part);
        return part.length;
      },
      async assertUnchanged() {
        assertSame(path, opened, statNow(path, descriptor));
      },
      close: async () => releaseNow(descriptor),
    };
  } catch (error) {
    releaseNow(descriptor);
    throw error;
  }
}

async function openLarge(name: ArtifactName, path: string, check: Check): Promise<ArtifactFile> {
  const handle = await open(path, OPEN_FLAGS);
  try {
    const opened = await handle.stat({ bigint: true });
    check(opened);
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
        const now = await handle.stat({ bigint: true }).catch((cause) => {
          throw readFailed(path, cause);
        });
        assertSame(path, opened, now);
      },
      close: () => release(handle),
    };
  } catch (error) {
    await release(handle);
    throw error;
  }
}

/** A failure to close a file that was only read cannot affect its bytes. */
async function release(handle: FileHandle): Promise<void> {
  await handle.close().catch(() => undefined);
}

function releaseNow(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // As above.
  }
}

function statNow(path: string, descriptor: number): BigIntStats {
  try {
    return fstatSync(descriptor, { bigint: true });
  } catch (cause) {
    throw readFailed(path, cause);
  }
}

function assertSame(path: string, opened: BigIntStats, now: BigIntStats): void {
  if (now.size !== opened.size || now.mtimeNs !== opened.mtimeNs) throw artifactChanged(path);
}

/** The error of a file that changed after it was checked. */
export function artifactChanged(path: string): CassetteError {
  return new CassetteError("CASSETTE_ARTIFACT_CHANGED", "The file changed while it was being read.", {
    file: path,
  });
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

/** The error of a file or directory that the system refuses to read. */
export function readFailed(path: string, cause: unknown): CassetteError {
  const { code } = cause as NodeJS.ErrnoException;
  const message = `The file cannot be read${code === undefined ? "" : ` (${code})`}.`;
  return new CassetteError("CASSETTE_READ_FAILED", message, {
    file: path,
    cause,
    hint: systemErrorHint(code),
  });
}
