/** The version of the tables that this package writes and reads. */
export const SCHEMA_VERSION = 1;

/** Types of columns: those of Parquet, with INT64 for every whole number that may exceed 32 bits. */
export type ColumnType = "STRING" | "INT32" | "INT64" | "DOUBLE" | "BOOLEAN" | "TIMESTAMP";

/** A value in a cell. INT64 and TIMESTAMP are numbers here: whole, and milliseconds since 1970. */
export type CellValue = string | number | boolean | null;

/** A row by column. A missing column is null. */
export type Row = Readonly<Record<string, CellValue | undefined>>;

type Columns = Readonly<Record<string, ColumnType>>;

/** Every table with its columns, in order. `recording` joins them; `docs/tables.md` describes each. */
const TABLES = {
  inputs: {
    recording: "STRING",
    seq: "INT64",
    t_ms: "INT64",
    kind: "STRING",
    text: "STRING",
    key: "STRING",
    signal: "STRING",
    rows: "INT32",
    cols: "INT32",
    withheld: "BOOLEAN",
    answer: "BOOLEAN",
  },
  screens: {
    recording: "STRING",
    seq: "INT64",
    t_ms: "INT64",
    rows: "INT32",
    cols: "INT32",
    title: "STRING",
    text: "STRING",
  },
  texts: { recording: "STRING", place: "STRING", seq: "INT64", t_ms: "INT64", text: "STRING" },
  service_events: {
    recording: "STRING",
    seq: "INT64",
    t_ms: "INT64",
    payload: "STRING",
  },
  marks: { recording: "STRING", seq: "INT64", t_ms: "INT64", label: "STRING" },
  findings: { recording: "STRING", rule: "STRING", hits: "INT64" },
  recordings: {
    recording: "STRING",
    id: "STRING",
    sha256: "STRING",
    manifest_sha256: "STRING",
    path: "STRING",
    fingerprint: "STRING",
    indexed_at: "TIMESTAMP",
    recorded_at: "TIMESTAMP",
    title: "STRING",
    program: "STRING",
    command: "STRING",
    argv: "STRING",
    os: "STRING",
    arch: "STRING",
    emulator: "STRING",
    rows: "INT32",
    cols: "INT32",
    exit_code: "INT64",
    exit_signal: "STRING",
    interrupted: "BOOLEAN",
    timed_out: "BOOLEAN",
    failed: "BOOLEAN",
    duration_ms: "INT64",
    output_bytes: "INT64",
    outputs: "INT64",
    inputs: "INT64",
    frames: "INT64",
    service_events: "INT64",
    drawn: "BOOLEAN",
    scrub_status: "STRING",
    integrity: "STRING",
    cost_usd: "DOUBLE",
    final_text: "STRING",
    manifest: "STRING",
    report: "STRING",
  },
  removals: {
    recording: "STRING",
    id: "STRING",
    sha256: "STRING",
    manifest_sha256: "STRING",
    path: "STRING",
    removed_at: "TIMESTAMP",
    reason: "STRING",
  },
} as const satisfies Record<string, Columns>;

/** The name of a table. */
export type TableName = keyof typeof TABLES;

/** All names, `recordings` after what belongs to its rows. */
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** The columns of a table. */
export function columnsOf(table: TableName): [name: string, type: ColumnType][] {
  return Object.entries(TABLES[table]);
}
