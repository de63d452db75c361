import type { ArtifactSource } from "@cassette/format";
import { createArchiveSource } from "../archive/archive-source.js";
import { parseArchiveUrl } from "../http/archive-url.js";
import { openRangedBytes } from "../http/ranged-bytes.js";
import { type FetchOptions, fetchPart } from "./fetch-part.js";
import { webInflater } from "./web-inflater.js";

/**
 * Opens a zip archive of one cassette on a server, by range requests only. Pass it to `openCassette`, which verifies it, reading all
 * of it, or to `readSummary`, which reads a little. The query part of the URL appears in no message.
 * @param url `https:`, or `http:` on this machine; not relative.
 * @throws CassetteError CASSETTE_URL_INVALID, CASSETTE_DOWNLOAD_FAILED, CASSETTE_RANGES_UNSUPPORTED, CASSETTE_ARCHIVE_INVALID.
 */
export async function openHttpArchive(
  url: string | URL,
  options: FetchOptions = {},
): Promise<ArtifactSource> {
  const requestPart = (request: Parameters<typeof fetchPart>[0]) => fetchPart(request, options);
  return createArchiveSource(await openRangedBytes(parseArchiveUrl(url), requestPart), webInflater);
}
