import { listParts } from "../layout/layout.js";
import { readPart } from "../parquet/read-table.js";
import type { CellValue } from "../schema/tables.js";

/** The row of a recording, as far as other commands need it. Times are milliseconds since 1970. */
export interface KnownRecording {
  recording: string;
  id: string;
  sha256: string;
  manifest_sha256: string;
  path: string;
  fingerprint: string;
  indexed_at: number;
  recorded_at: number | null;
  failed: boolean | null;
  interrupted: boolean;
  timed_out: boolean;
  output_bytes: number;
  drawn: boolean;
  /** The part that holds it. */
  part: string;
}

/** What `removals` says of a recording that was pruned. */
type PrunedRecording = Pick<KnownRecording, "recording" | "path" | "manifest_sha256">;

/** The recordings that tables hold. */
export interface KnownRecordings {
  byPath: Map<string, KnownRecording>;
  /** Rows that a newer row of the same path replaces: a run was killed before it removed them. */
  replaced: KnownRecording[];
  /** Recordings that were pruned. */
  pruned: PrunedRecording[];
}

const COLUMNS = [
  "recording",
  "id",
  "sha256",
  "manifest_sha256",
  "path",
  "fingerprint",
  "indexed_at",
  "recorded_at",
  "failed",
  "interrupted",
  "timed_out",
  "output_bytes",
  "drawn",
] as const;

/**
 * Reads which recordings the tables hold; removed ones are left out.
 * @throws CassetteError CASSETTE_TABLES_INVALID.
 */
export async function readKnown(dir: string): Promise<KnownRecordings> {
  const { parts } = await listParts(dir);
  const removed = new Set<CellValue | undefined>();
  const pruned: PrunedRecording[] = [];
  for (const path of parts.removals)
    for await (const rows of readPart(path, ["recording", "path", "manifest_sha256", "reason"]))
      for (const row of rows) {
        removed.add(row.recording);
        if (row.reason === "pruned") pruned.push(row as unknown as PrunedRecording);
      }
  const known: KnownRecordings = { byPath: new Map(), replaced: [], pruned };
  for (const part of parts.recordings)
    for await (const rows of readPart(part, COLUMNS))
      for (const row of rows)
        if (!removed.has(row.recording)) note(known, { ...row, part } as unknown as KnownRecording);
  return known;
}

function note({ byPath, replaced }: KnownRecordings, row: KnownRecording): void {
  const other = byPath.get(row.path);
  const isNewer = other === undefined || other.indexed_at < row.indexed_at;
  if (isNewer) byPath.set(row.path, row);
  if (other) replaced.push(isNewer ? other : row);
}
