import { realpathSync } from "node:fs";
import { type ArtifactSource, CassetteError } from "@cassette/format";
import { openFile } from "../reader/artifact-file.js";
import { openArchiveSource } from "./open-archive-source.js";

/**
 * Opens a zip archive of one cassette. Pass it to `openCassette`, which verifies it and closes it.
 * @throws CassetteError CASSETTE_NOT_FOUND, CASSETTE_ARCHIVE_INVALID, and of reading.
 */
export async function openArchive(path: string): Promise<ArtifactSource> {
  const file = await openFile(resolveLinks(path), Number.MAX_SAFE_INTEGER);
  if (file === null)
    throw new CassetteError("CASSETTE_NOT_FOUND", "There is no file at this path.", { file: path });
  return openArchiveSource({ ...file, path });
}

/** As with a directory, the path may lead through links; the files inside may not be any. */
function resolveLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
