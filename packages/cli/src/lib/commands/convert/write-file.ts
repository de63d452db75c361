import { randomBytes } from "node:crypto";
import { lstatSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CassetteError } from "@cassette/format";
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
  const removeFolder = createParentFolder(path);
  const partial = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    await writeAll(partial, path, pieces);
    await writing(path, () => rename(partial, path));
  } catch (error) {
    await rm(partial, { force: true });
    removeFolder();
    throw error;
  }
}

async function writeAll(
  partial: string,
  path: string,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  await using file = await writing(path, () => open(partial, "wx"));
  for await (const piece of pieces) await writing(path, () => file.appendFile(piece));
}

async function writing<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CassetteError("CASSETTE_WRITE_FAILED", `The file cannot be written (${code}).`, {
      file: path,
      cause,
    });
  }
}
