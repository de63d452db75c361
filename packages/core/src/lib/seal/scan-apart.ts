import type { ScrubbedStream } from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import type { OutputMask } from "./output-mask.js";
import { isSkipped } from "./scan-output.js";
import type { ScanElsewhere, SealOptions } from "./seal-options.js";

/** A scan in a worker. */
export interface ScanApart extends Pick<SealOptions, "followed"> {
  scanElsewhere: ScanElsewhere;
  source: Cassette;
  mask: OutputMask;
}

/** Scans in a worker what was not scanned while it was recorded. */
export async function scanApart(scan: ScanApart, signal: AbortSignal): Promise<ScrubbedStream> {
  const { scanElsewhere, source, mask } = scan;
  const early = mask.masks.length === 0 ? await scannedEarly(scan, signal) : null;
  if (early && !isSkipped(early)) return early;
  return scanElsewhere(source.dir, mask.masks, signal, early !== null);
}

/** What was found during the recording; null if that scan failed, or read other bytes than those that were recorded in the end. */
async function scannedEarly(
  { followed, source: { manifest, rawSize } }: ScanApart,
  signal: AbortSignal,
): Promise<ScrubbedStream | null> {
  try {
    const scan = await followed?.(rawSize, signal);
    return scan?.sha256 === manifest.content_digest.sha256 ? scan.found : null;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
