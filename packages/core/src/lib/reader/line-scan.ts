import { type ArtifactName, CassetteError } from "@cassette/format";
import type { ArtifactDigest } from "./integrity.js";
import type { ReaderLimits } from "./limits.js";
import type { LineCheckpoints } from "./line-checkpoints.js";
import { createLineCursor, type LineCursor } from "./line-cursor.js";
import type { CassetteFiles } from "./open-files.js";
import { LINE_ARTIFACTS, type LineKind } from "./record-kinds.js";
import type { Timeline } from "./timeline.js";

/** The state that the parts of a verification share. */
export interface Scan {
  files: CassetteFiles;
  limits: ReaderLimits;
  timeline: Timeline;
  /** Filled as files are read. */
  digests: Map<ArtifactName, ArtifactDigest>;
  /** Filled as lines are read. */
  marks: LineCheckpoints;
  /** Whether each chunk is compared with its digest. */
  checksChunks: boolean;
  signal?: AbortSignal;
}

/** Opens the lines of a kind and keeps their digest; `done` is called at the end. */
export function openLines(scan: Scan, kind: LineKind): { cursor: LineCursor; done: () => void } {
  const file = scan.files.get(LINE_ARTIFACTS[kind]);
  const digest = scan.files.hashing.start();
  const cursor = createLineCursor(file, { maxLineBytes: scan.limits.lineBytes, digest });
  const done = () => scan.digests.set(file.name, { size: file.size, sha256: digest.hex() });
  return { cursor, done };
}

/** @throws CassetteError CASSETTE_LIMIT_EXCEEDED when there are too many records. */
export function checkCount(scan: Scan, cursor: LineCursor): void {
  if (scan.timeline.count < scan.limits.events) return;
  throw new CassetteError("CASSETTE_LIMIT_EXCEEDED", `There are more than ${scan.limits.events} records.`, {
    file: cursor.path,
    line: cursor.line,
    expected: scan.limits.events,
    hint: "Raise the limit if you trust the cassette.",
  });
}
