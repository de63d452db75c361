import { type ScanOptions, scanCassette } from "@cassette/core";
import type { ScrubReport } from "@cassette/format";
import { isArchive, openSource } from "@cassette/terminal/recordings";
import { type ScrubSettings, scanOptions } from "@cassette/terminal/scrubbing";

/**
 * Searches one cassette, a directory or an archive, for secrets.
 * @throws CassetteError of opening it.
 */
export async function scanOne(
  path: string,
  settings: ScrubSettings,
  onProgress: ScanOptions["onProgress"],
): Promise<ScrubReport> {
  const from = isArchive(path) ? await openSource(path) : path;
  return scanCassette(from, { ...scanOptions(settings), onProgress });
}
