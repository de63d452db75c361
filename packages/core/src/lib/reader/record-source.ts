import type { ArtifactFile } from "@cassette/format";
import { artifactChanged } from "./file-errors.js";
import type { ReaderLimits } from "./limits.js";
import { createLineCursor } from "./line-cursor.js";
import type { CassetteFiles } from "./open-files.js";
import { LINE_ARTIFACTS, LINE_PARSERS, type LineKind, type LineRecords } from "./record-kinds.js";

/** Reads the records of one kind again, in order, one at a time. */
export interface RecordSource<K extends LineKind> {
  /** The record that comes next, or null at the end. */
  readonly head: LineRecords[K] | null;
  /** Bytes that the head takes in its file. */
  readonly weight: number;
  /** Moves to the next record in memory; false when `load` is needed. */
  step(): boolean;
  /** Moves to the next record, reading as needed. */
  load(): Promise<void>;
}

/**
 * @param from where in the file a line starts.
 * @throws CassetteError CASSETTE_ARTIFACT_CHANGED when the file is no longer the verified one.
 */
export function createRecordSource<K extends LineKind>(
  files: CassetteFiles,
  limits: ReaderLimits,
  kind: K,
  from = 0,
): RecordSource<K> {
  const file: ArtifactFile = files.get(LINE_ARTIFACTS[kind]);
  const cursor = createLineCursor(file, { maxLineBytes: limits.lineBytes, from });
  const parse = LINE_PARSERS[kind];
  const source = {
    head: null as LineRecords[K] | null,
    weight: 0,
    step() {
      if (!cursor.advance()) return false;
      source.weight = cursor.end - cursor.start;
      try {
        source.head = parse(cursor);
      } catch {
        throw artifactChanged(file.path);
      }
      return true;
    },
    async load() {
      source.head = null;
      while (!source.step()) {
        if (await cursor.fill()) continue;
        await file.assertUnchanged();
        return;
      }
    },
  };
  return source;
}

/** Batches are cut where they hold this many bytes of lines, so that large frames do not pile up. */
export const BATCH_WEIGHT = 64 * 1024;

/** The records of one kind in batches. */
export async function* readRecords<K extends LineKind>(
  files: CassetteFiles,
  limits: ReaderLimits,
  kind: K,
): AsyncGenerator<LineRecords[K][], void> {
  const source = createRecordSource(files, limits, kind);
  await source.load();
  while (source.head !== null) {
    const batch: LineRecords[K][] = [];
    let weight = 0;
    let more = true;
    while (more && weight < BATCH_WEIGHT) {
      batch.push(source.head);
      weight += source.weight;
      more = source.step();
    }
    yield batch;
    if (!more) await source.load();
  }
}
