import type { ArtifactSource } from "@cassette/format";
import { createArchiveSource } from "../archive/archive-source.js";
import { openBlob } from "./blob-bytes.js";
import { webInflater } from "./web-inflater.js";

/**
 * Opens a zip archive of one cassette, such as a file that the user chose or dropped. Pass it to `openCassette`, which verifies it.
 * @param archive a Blob or File.
 * @param path names it in messages. Default: the name of the file.
 * @throws CassetteError CASSETTE_ARCHIVE_INVALID, and of reading.
 */
export async function openArchive(
  archive: Blob & { readonly name?: string },
  path: string = archive.name ?? "archive.zip",
): Promise<ArtifactSource> {
  return createArchiveSource(openBlob(archive, path), webInflater);
}
