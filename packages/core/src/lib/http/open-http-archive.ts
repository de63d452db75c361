import type { ArtifactSource } from "@cassette/format";
import { openArchiveSource } from "../archive/open-archive-source.js";
import { type HttpOptions, openHttpBytes } from "./http-bytes.js";

/**
 * Opens a zip archive of one cassette on a server, by range requests only. Pass it to `openCassette`, which verifies it, reading all
 * of it, or to `readSummary`, which reads a little. The query part of the URL appears in no message.
 * @param url `https:`, or `http:` on this machine.
 * @throws CassetteError CASSETTE_URL_INVALID, CASSETTE_DOWNLOAD_FAILED, CASSETTE_RANGES_UNSUPPORTED, CASSETTE_ARCHIVE_INVALID.
 */
export async function openHttpArchive(url: string, options: HttpOptions = {}): Promise<ArtifactSource> {
  return openArchiveSource(await openHttpBytes(url, options));
}
