import type { Parts } from "../layout/layout.js";
import { type ColumnType, columnsOf, TABLE_NAMES, type TableName } from "../schema/tables.js";

const SQL_TYPES: Record<ColumnType, string> = {
  STRING: "VARCHAR",
  INT32: "INTEGER",
  INT64: "BIGINT",
  DOUBLE: "DOUBLE",
  BOOLEAN: "BOOLEAN",
  TIMESTAMP: "TIMESTAMP",
};

/**
 * Statements that make a view of each table. `recordings` leaves out what was removed; the others have rows only of what is left.
 * `removals` has every row.
 */
export function viewStatements(parts: Parts): string[] {
  const sources = TABLE_NAMES.map((table) => `CREATE VIEW "_${table}" AS ${sourceOf(table, parts[table])}`);
  const recordings = `CREATE VIEW recordings AS SELECT * FROM _recordings
    WHERE recording NOT IN (SELECT recording FROM _removals WHERE recording IS NOT NULL)
    QUALIFY row_number() OVER (PARTITION BY path ORDER BY indexed_at DESC, recording) = 1`;
  const views = TABLE_NAMES.filter((table) => table !== "recordings").map((table) =>
    table === "removals"
      ? "CREATE VIEW removals AS SELECT * FROM _removals"
      : `CREATE VIEW ${table} AS SELECT * FROM "_${table}" WHERE recording IN (SELECT recording FROM recordings)`,
  );
  return [...sources, recordings, ...views];
}

function sourceOf(table: TableName, paths: readonly string[]): string {
  const isDated = table !== "removals";
  if (paths.length === 0) return emptyTable(table, isDated);
  const options = `union_by_name = true${isDated ? ", hive_partitioning = true, hive_types = {date: DATE}" : ", hive_partitioning = false"}`;
  return `SELECT * FROM read_parquet([${paths.map(quoted).join(", ")}], ${options})`;
}

function emptyTable(table: TableName, isDated: boolean): string {
  const columns = columnsOf(table).map(([name, type]) => `NULL::${SQL_TYPES[type]} AS "${name}"`);
  if (isDated) columns.push("NULL::DATE AS date");
  return `SELECT ${columns.join(", ")} WHERE false`;
}

/** A text as a literal of SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
