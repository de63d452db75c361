import { statSync } from "node:fs";
import { join } from "node:path";
import {
  ARTIFACT,
  type ArtifactName,
  CassetteError,
  OPTIONAL_ARTIFACTS,
  REQUIRED_ARTIFACTS,
} from "@cassette/format";
import { type ArtifactFile, openArtifact, readFailed } from "./artifact-file.js";
import type { ReaderLimits } from "./limits.js";

/** The files of one cassette, held open. */
export interface CassetteFiles {
  /** @throws CassetteError CASSETTE_ARTIFACT_MISSING. */
  get(name: ArtifactName): ArtifactFile;
  find(name: ArtifactName): ArtifactFile | null;
  /** Names of the existing files, in the format's order. */
  readonly names: ArtifactName[];
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the existing files; a missing one is reported later, because a bad manifest has priority. */
export async function openFiles(dir: string, limits: ReaderLimits): Promise<CassetteFiles> {
  const before = identify(dir);
  const files = new Map<ArtifactName, ArtifactFile>();
  const problems = new Map<ArtifactName, unknown>();
  for (const name of [...REQUIRED_ARTIFACTS, ...OPTIONAL_ARTIFACTS]) {
    const maxBytes = name.endsWith(".json") ? limits.jsonBytes : limits.fileBytes;
    const file = await openArtifact(dir, name, maxBytes).catch((error) => void problems.set(name, error));
    if (file) files.set(name, file);
  }
  const opened = createFiles(dir, files, problems);
  if (identify(dir) === before) return opened;
  await opened.close();
  throw new CassetteError("CASSETTE_ARTIFACT_CHANGED", "The cassette was replaced while it was opened.", {
    file: dir,
  });
}

function createFiles(
  dir: string,
  files: Map<ArtifactName, ArtifactFile>,
  problems: Map<ArtifactName, unknown>,
): CassetteFiles {
  const find = (name: ArtifactName) => {
    const problem = problems.get(name);
    if (problem !== undefined) throw problem;
    return files.get(name) ?? null;
  };
  return {
    names: [...files.keys()],
    find,
    get(name) {
      const file = find(name);
      if (file) return file;
      throw new CassetteError("CASSETTE_ARTIFACT_MISSING", `The cassette has no ${name}.`, {
        file: join(dir, name),
        hint:
          name === ARTIFACT.manifest
            ? "If this is a directory of cassettes, name one of them. An interrupted recording has no manifest: see `cassette recover`."
            : undefined,
      });
    },
    async assertUnchanged() {
      for (const file of files.values()) await file.assertUnchanged();
    },
    async close() {
      for (const file of files.values()) await file.close();
    },
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
