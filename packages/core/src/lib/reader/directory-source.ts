import { lstatSync, statSync } from "node:fs";
import { join } from "node:path";
import { type ArtifactSource, CassetteError, OPTIONAL_ARTIFACTS, REQUIRED_ARTIFACTS } from "@cassette/format";
import { openArtifact } from "./artifact-file.js";
import { readFailed } from "./file-errors.js";

/**
 * A directory as the source of a cassette. Only regular files are read; symlinks are not followed.
 * @throws CassetteError CASSETTE_NOT_FOUND if there is no directory, and of reading.
 */
export function openDirectory(dir: string): ArtifactSource {
  const before = identify(dir);
  const pathOf = (name: string) => join(dir, name);
  return {
    path: dir,
    pathOf,
    async list() {
      return [...REQUIRED_ARTIFACTS, ...OPTIONAL_ARTIFACTS].filter(
        (name) => lstatSync(pathOf(name), { throwIfNoEntry: false }) !== undefined,
      );
    },
    open: (name, maxBytes) => openArtifact(dir, name, maxBytes),
    async assertSame() {
      if (identify(dir) === before) return;
      throw new CassetteError("CASSETTE_ARTIFACT_CHANGED", "The cassette was replaced while it was opened.", {
        file: dir,
      });
    },
    close: async () => undefined,
  };
}

/** The identity of the directory at the path. */
function identify(dir: string): string {
  try {
    const stats = statSync(dir);
    if (stats.isDirectory()) return `${stats.dev}:${stats.ino}`;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") {
      throw readFailed(dir, cause);
    }
  }
  throw new CassetteError("CASSETTE_NOT_FOUND", "There is no cassette directory at this path.", {
    file: dir,
  });
}
