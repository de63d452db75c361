import {
  closeSync,
  constants,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  fsync as syncBack,
  write as writeBack,
} from "node:fs";
import { promisify } from "node:util";
import { withCleanup } from "../with-cleanup.js";

/** A file being written. */
export interface WritableFile {
  /** Writes some or all of `bytes` at `position`; returns how many. */
  write(bytes: Uint8Array, position: number): Promise<number>;
  truncate(length: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The recorder's access to the disk: one port, so that a test can make any single step fail. */
export interface FileSystem {
  makeDirectory(path: string, mode: number): Promise<void>;
  /** Creates a file that does not exist yet, or opens one for rewriting. */
  createFile(path: string): Promise<WritableFile>;
  rename(from: string, to: string): Promise<void>;
  /** Makes the entries of a directory durable. */
  syncDirectory(path: string): Promise<void>;
  remove(path: string): Promise<void>;
}

const sync = promisify(syncBack);
const write = promisify(writeBack);

const PRIVATE_FILE = 0o600;
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW;

/** The real disk. Only calls that may wait use the thread pool: its round trip takes longer than the others. */
export const nodeFileSystem: FileSystem = {
  async makeDirectory(path, mode) {
    mkdirSync(path, { mode });
  },
  async createFile(path) {
    const fd = openSync(path, CREATE, PRIVATE_FILE);
    return {
      async write(bytes, position) {
        return (await write(fd, bytes, 0, bytes.byteLength, position)).bytesWritten;
      },
      truncate: async (length) => ftruncateSync(fd, length),
      sync: () => sync(fd),
      close: async () => closeSync(fd),
    };
  },
  rename: async (from, to) => renameSync(from, to),
  async syncDirectory(path) {
    const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
    await withCleanup(
      () => sync(fd),
      async () => closeSync(fd),
    );
  },
  remove: async (path) => rmSync(path, { recursive: true, force: true }),
};

/** Writes all of `bytes` from `position`, however short the single writes are. */
export async function writeFully(file: WritableFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const written = await file.write(bytes.subarray(done), position + done);
    if (written <= 0) throw Object.assign(new Error("nothing was written"), { code: "EIO" });
    done += written;
  }
}
