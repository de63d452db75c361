import { randomBytes } from "node:crypto";
import { lstatSync } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CassetteError, systemErrorHint } from "@cassette/format";
import { createParentFolder } from "../../recording/parent-folder.js";

/** @throws CassetteError CASSETTE_TARGET_EXISTS. */
export function refuseExisting(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return;
  throw new CassetteError("CASSETTE_TARGET_EXISTS", "The file exists.", {
    file: path,
    hint: "Choose another name, or replace it with --overwrite.",
  });
}

/**
 * Writes a file that has its name only when it is whole; creates its folder.
 * @throws CassetteError CASSETTE_WRITE_FAILED; what `pieces` throws.
 */
export async function writeWhole(path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  await using files = await openPartialFiles({ whole: path });
  for await (const piece of pieces) await files.write("whole", piece);
  await files.commit();
}

/** Files that are being written under other names. */
export interface PartialFiles<Name extends string> extends AsyncDisposable {
  write(name: Name, piece: string | Uint8Array): Promise<void>;
  /** The file's other name, for checking it before it gets its own. */
  pathOf(name: Name): string;
  /** Gives all of them their names. Without this call nothing is left of them. */
  commit(): Promise<void>;
}

/** A file under another name. */
interface PartialFile {
  path: string;
  partial: string;
  handle: FileHandle;
  removeFolder: () => void;
}

/**
 * Begins files that get their names only when they are whole; creates their folders.
 * @throws CassetteError CASSETTE_WRITE_FAILED, also from the methods.
 */
export async function openPartialFiles<Name extends string>(
  paths: Partial<Record<Name, string>>,
): Promise<PartialFiles<Name>> {
  const files = new Map<string, PartialFile>();
  let isCommitted = false;
  const discard = async () => {
    for (const { handle, partial, removeFolder } of files.values()) {
      await handle.close().catch(() => {});
      if (isCommitted) continue;
      await rm(partial, { force: true });
      removeFolder();
    }
  };
  try {
    for (const [name, path] of Object.entries<string | undefined>(paths))
      if (path !== undefined) files.set(name, await begin(path));
  } catch (error) {
    await discard();
    throw error;
  }
  return {
    async write(name, piece) {
      const file = files.get(name);
      if (file) await writing(file.path, () => file.handle.appendFile(piece));
    },
    pathOf(name) {
      const file = files.get(name);
      if (!file) throw new TypeError("There is no such file.");
      return file.partial;
    },
    async commit() {
      for (const { path, partial, handle } of files.values()) {
        await writing(path, () => handle.close());
        await writing(path, () => rename(partial, path));
      }
      isCommitted = true;
    },
    [Symbol.asyncDispose]: discard,
  };
}

async function begin(path: string): Promise<PartialFile> {
  const removeFolder = createParentFolder(path);
  const partial = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    return { path, partial, removeFolder, handle: await writing(path, () => open(partial, "wx")) };
  } catch (error) {
    removeFolder();
    throw error;
  }
}

async function writing<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CassetteError("CASSETTE_WRITE_FAILED", `The file cannot be written (${code}).`, {
      file: path,
      cause,
      hint: systemErrorHint(code),
    });
  }
}
