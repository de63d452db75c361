import { mkdirSync, rmdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CassetteError } from "@cassette/format";

/**
 * Creates the missing parent folders of a target.
 * @returns a function that removes the folders it created, if they are empty.
 * @throws CassetteError CASSETTE_WRITE_FAILED.
 */
export function createParentFolder(target: string): () => void {
  const parent = dirname(resolve(target));
  let first: string | undefined;
  try {
    first = mkdirSync(parent, { recursive: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CassetteError("CASSETTE_WRITE_FAILED", `The folder cannot be created (${code}).`, {
      file: parent,
      cause,
    });
  }
  return () => {
    if (first === undefined) return;
    try {
      for (let dir = parent; dir.length >= first.length; dir = dirname(dir)) rmdirSync(dir);
    } catch {
      // A folder with contents is kept.
    }
  };
}
