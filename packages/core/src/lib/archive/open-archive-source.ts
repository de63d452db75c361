import type { ArtifactSource, ReadableBytes } from "@cassette/format";
import { createArchiveSource } from "./archive-source.js";
import { nodeInflater } from "./node-inflater.js";

/**
 * A zip archive of one cassette as its source. The files are at the root or in one folder at the top; others are ignored.
 * @param archive is closed with the source, and also if this fails.
 * @throws CassetteError CASSETTE_ARCHIVE_INVALID, and of reading.
 */
export function openArchiveSource(archive: ReadableBytes): Promise<ArtifactSource> {
  return createArchiveSource(archive, nodeInflater);
}
