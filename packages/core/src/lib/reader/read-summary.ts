import {
  type ArtifactSource,
  CassetteError,
  DOCUMENTS,
  type DocumentName,
  type DocumentTypes,
  type FinalRecord,
  type Manifest,
  type ScrubReport,
} from "@cassette/format";
import { parseArtifact, readArtifact } from "./artifact-text.js";
import { DEFAULT_LIMITS } from "./limits.js";

/** What a cassette says of itself. Nothing of it was verified. */
export interface Summary {
  path: string;
  manifest: Manifest;
  final: FinalRecord;
  scrubReport: ScrubReport;
}

/**
 * Reads the manifest, the final record and the scrub report of a cassette, and nothing else of it.
 * @throws CassetteError of reading and parsing them.
 */
export async function readSummary(source: ArtifactSource): Promise<Summary> {
  return {
    path: source.path,
    manifest: await readOne(source, "manifest"),
    final: await readOne(source, "final"),
    scrubReport: await readOne(source, "scrubReport"),
  };
}

async function readOne<Name extends DocumentName>(
  source: ArtifactSource,
  name: Name,
): Promise<DocumentTypes[Name]> {
  const { file: artifact } = DOCUMENTS[name];
  const file = await source.open(artifact, DEFAULT_LIMITS.jsonBytes);
  if (file === null)
    throw new CassetteError("CASSETTE_ARTIFACT_MISSING", `The cassette has no ${artifact}.`, {
      file: source.pathOf(artifact),
    });
  try {
    return parseArtifact(file, await readArtifact(file), name);
  } finally {
    await file.close();
  }
}
