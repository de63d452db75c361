import { mkdtempSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { ArtifactFile, ArtifactSource } from "@cassette/format";
import { DEFAULT_LIMITS } from "../reader/limits.js";
import { openCassette } from "../reader/open-cassette.js";
import { type FileSystem, nodeFileSystem, writeFully } from "../spool/file-system.js";
import { writeGitAttributes } from "../spool/git-attributes.js";
import { checkTarget } from "../spool/target.js";
import { attempt } from "../spool/write-error.js";
import { withCleanup } from "../with-cleanup.js";

/** How a cassette is unpacked. */
export interface UnpackOptions {
  /** Replace an existing cassette. */
  overwrite?: boolean;
  signal?: AbortSignal;
}

const BLOCK = 1024 * 1024;

/**
 * Writes the files of a cassette from any source into a new directory, and verifies them there before the directory gets its name.
 * @throws CassetteError of the target, of reading, of writing, and of verifying; `signal.reason` when aborted.
 */
export async function unpackArchive(
  source: ArtifactSource,
  target: string,
  { overwrite = false, signal }: UnpackOptions = {},
): Promise<void> {
  const fs = nodeFileSystem;
  const path = resolve(target);
  const replaces = await checkTarget(path, overwrite);
  const parent = dirname(path);
  // Only the account may look into it until all is verified.
  const folder = await attempt(parent, async () => mkdtempSync(join(parent, `.${basename(path)}.`)));
  await withCleanup(
    async () => {
      const fresh = join(folder, "cassette");
      await attempt(fresh, () => fs.makeDirectory(fresh, 0o750));
      await copyFiles(fs, source, fresh, signal);
      await (await openCassette(fresh, { signal })).close();
      const old = join(folder, "replaced");
      if (replaces) await attempt(path, () => fs.rename(path, old));
      await attempt(path, () => fs.rename(fresh, path)).catch(async (error) => {
        if (replaces) await attempt(path, () => fs.rename(old, path));
        throw error;
      });
      await attempt(parent, () => fs.syncDirectory(parent));
    },
    () => fs.remove(folder),
  );
}

async function copyFiles(
  fs: FileSystem,
  source: ArtifactSource,
  dir: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const name of await source.list()) {
    const { jsonBytes, fileBytes } = DEFAULT_LIMITS;
    const file = await source.open(name, name.endsWith(".json") ? jsonBytes : fileBytes);
    if (file === null) continue;
    await withCleanup(() => copyFile(fs, file, join(dir, name), signal), file.close);
  }
  await writeGitAttributes(fs, dir);
}

async function copyFile(
  fs: FileSystem,
  file: ArtifactFile,
  path: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const written = await attempt(path, () => fs.createFile(path));
  const block = Buffer.allocUnsafe(Math.max(1, Math.min(BLOCK, file.size)));
  await withCleanup(async () => {
    for (let at = 0, read = 0; at < file.size; at += read) {
      signal?.throwIfAborted();
      read = await file.read(block, at);
      // A file that ends early does not pass the verification.
      if (read === 0) break;
      await attempt(path, () => writeFully(written, block.subarray(0, read), at));
    }
    await attempt(path, () => written.sync());
  }, written.close);
}
