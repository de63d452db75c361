import { type ColumnSource, fileWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import {
  type CellValue,
  type ColumnType,
  columnsOf,
  type Row,
  SCHEMA_VERSION,
  type TableName,
} from "../schema/tables.js";

/** Characters that are held before they are written as a row group. */
const GROUP_CHARS = 2 ** 21;
/** A row costs about as much as so many characters, however short its texts are. */
const ROW_CHARS = 64;

/** Writes a table into a file, in row groups: memory stays flat. */
export interface TableWriter {
  readonly rows: number;
  /** Characters added so far, about the size of the file before compression. */
  readonly size: number;
  add(row: Row): void;
  /** Ends the file. */
  finish(): void;
}

interface Writing {
  table: TableName;
  writer: ParquetWriter;
  held: Row[];
  heldChars: number;
}

/** Opens a new file for a table. What exists at the path is replaced. */
export function createTableWriter(path: string, table: TableName): TableWriter {
  const schema = schemaFromColumnData({ columnData: sourcesOf(table, []) });
  const kvMetadata = [{ key: "cassette.corpus.version", value: String(SCHEMA_VERSION) }];
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema,
    kvMetadata,
    createdBy: "@cassette/corpus",
  });
  const state: Writing = { table, writer, held: [], heldChars: 0 };
  let rows = 0;
  let size = 0;
  return {
    get rows() {
      return rows;
    },
    get size() {
      return size;
    },
    add(row) {
      const chars = sizeOf(row);
      state.held.push(row);
      state.heldChars += chars;
      size += chars;
      rows++;
      if (state.heldChars > GROUP_CHARS) writeGroup(state);
    },
    finish() {
      writeGroup(state);
      // Returns a promise only with another writer.
      void writer.finish();
    },
  };
}

function writeGroup(state: Writing): void {
  if (state.held.length === 0) return;
  const columnData = sourcesOf(state.table, state.held);
  void state.writer.write({ columnData, rowGroupSize: state.held.length });
  state.held = [];
  state.heldChars = 0;
}

function sourcesOf(table: TableName, rows: readonly Row[]): ColumnSource[] {
  return columnsOf(table).map(([name, type]) => ({
    name,
    type,
    nullable: true,
    data: rows.map((row) => stored(row[name] ?? null, type)),
  }));
}

function stored(value: CellValue, type: ColumnType): unknown {
  if (value === null || (typeof value === "number" && !Number.isFinite(value))) return null;
  if (type === "INT64") return BigInt(Math.trunc(Number(value)));
  return type === "TIMESTAMP" ? new Date(Number(value)) : value;
}

function sizeOf(row: Row): number {
  let chars = ROW_CHARS;
  for (const value of Object.values(row)) if (typeof value === "string") chars += value.length;
  return chars;
}
