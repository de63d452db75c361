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
import { type ArtifactFile, type ArtifactName, isCassetteError, type ReadableBytes } from "@cassette/format";
import { artifactChanged, fileTooLarge, notAFile, readFailed } from "./file-errors.js";

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
  const opened = await openFile(join(dir, name), maxBytes);
  return opened && { name, ...opened };
}

/** Opens any file in the same way. */
export async function openFile(path: string, maxBytes: number): Promise<ReadableBytes | null> {
  try {
    const before = lstatSync(path);
    // Checked before opening, since opening a device may have an effect.
    if (!before.isFile()) throw notAFile(path);
    const opener = before.size <= SMALL ? openSmall : openLarge;
    return await opener(path, (stats) => {
      if (!stats.isFile()) throw notAFile(path);
      if (stats.size > BigInt(maxBytes)) throw fileTooLarge(path, maxBytes, Number(stats.size));
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

async function openSmall(path: string, check: Check): Promise<ReadableBytes> {
  const descriptor = openSync(path, OPEN_FLAGS);
  try {
    const opened = fstatSync(descriptor, { bigint: true });
    check(opened);
    const bytes = readFileSync(descriptor);
    return {
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

async function openLarge(path: string, check: Check): Promise<ReadableBytes> {
  const handle = await open(path, OPEN_FLAGS);
  try {
    const opened = await handle.stat({ bigint: true });
    check(opened);
    return {
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
