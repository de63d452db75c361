import { readdir } from "node:fs/promises";
import { readFailed } from "../reader/file-errors.js";

/**
 * Names of the folders in a folder, sorted; none if it does not exist.
 * @throws CassetteError CASSETTE_READ_FAILED.
 */
export async function listFolders(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (cause) {
    if (["ENOENT", "ENOTDIR"].includes((cause as NodeJS.ErrnoException).code ?? "")) return [];
    throw readFailed(folder, cause);
  }
}
