import { ARTIFACT } from "@cassette/format";
import type { ReaderLimits } from "./limits.js";
import { createLineCursor } from "./line-cursor.js";
import type { CassetteFiles } from "./open-files.js";
import { LINE_ARTIFACTS, LINE_KINDS, LINE_PARSERS } from "./record-kinds.js";
import type { RecordPlace } from "./timeline.js";

/**
 * Finds the position of the record with this `seq`, or else the next higher one. A second pass over the lines, needed
 * only to name the place of an error.
 */
export async function locateRecord(
  files: CassetteFiles,
  limits: ReaderLimits,
  seq: number,
  finalSeq: number,
): Promise<RecordPlace> {
  let best = finalSeq < seq ? Number.POSITIVE_INFINITY : finalSeq;
  let place: RecordPlace = { file: files.get(ARTIFACT.final).path };
  for (const kind of LINE_KINDS) {
    const cursor = createLineCursor(files.get(LINE_ARTIFACTS[kind]), { maxLineBytes: limits.lineBytes });
    while (await cursor.fill()) {
      while (cursor.advance()) {
        const found = LINE_PARSERS[kind](cursor).seq;
        if (found < seq || found >= best) continue;
        best = found;
        place = { file: cursor.path, line: cursor.line };
      }
    }
  }
  return place;
}
