import {
  ARTIFACT,
  type ArtifactFile,
  type ArtifactName,
  type ArtifactSource,
  CassetteError,
  OPTIONAL_ARTIFACTS,
  REQUIRED_ARTIFACTS,
} from "@cassette/format";
import type { Hashing } from "./hashing.js";
import type { ReaderLimits } from "./limits.js";

/** The files of one cassette, held open. */
export interface CassetteFiles {
  /** With which they are verified. */
  readonly hashing: Hashing;
  /** @throws CassetteError CASSETTE_ARTIFACT_MISSING. */
  get(name: ArtifactName): ArtifactFile;
  find(name: ArtifactName): ArtifactFile | null;
  /** Names of the existing files, in the format's order. */
  readonly names: ArtifactName[];
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the existing files; a missing one is reported later, because a bad manifest has priority. Closes the source with them. */
export async function openFiles(
  source: ArtifactSource,
  limits: ReaderLimits,
  hashing: Hashing,
): Promise<CassetteFiles> {
  const files = new Map<ArtifactName, ArtifactFile>();
  const problems = new Map<ArtifactName, unknown>();
  for (const name of [...REQUIRED_ARTIFACTS, ...OPTIONAL_ARTIFACTS]) {
    const maxBytes = name.endsWith(".json") ? limits.jsonBytes : limits.fileBytes;
    const file = await source.open(name, maxBytes).catch((error) => void problems.set(name, error));
    if (file) files.set(name, file);
  }
  const opened = { hashing, ...createFiles(source, files, problems) };
  try {
    await source.assertSame();
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function createFiles(
  source: ArtifactSource,
  files: Map<ArtifactName, ArtifactFile>,
  problems: Map<ArtifactName, unknown>,
): Omit<CassetteFiles, "hashing"> {
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
        file: source.pathOf(name),
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
      await source.close();
    },
  };
}
