import { resolve, sep } from "node:path";
import { CassetteError } from "@cassette/format";
import { listParts } from "../layout/layout.js";
import { type DuckDBConnection, type DuckDBInstance, loadDuckdb } from "./load-duckdb.js";
import { quoted, viewStatements } from "./views.js";

/** A value of a result: as JSON has it. Large whole numbers and dates are text. */
export type ResultValue = string | number | boolean | null | object;

/** The result of a query. */
export interface QueryResult {
  columns: string[];
  /** Rows in batches, as they are computed. Each has a value for each column. */
  batches: AsyncIterable<ResultValue[][]>;
}

/** A database over tables. */
export interface TablesQuery {
  /**
   * Runs one SELECT statement.
   * @throws CassetteError CASSETTE_QUERY_FAILED; batches throw it, too.
   */
  run(sql: string): Promise<QueryResult>;
  close(): void;
  [Symbol.dispose](): void;
}

/** Options of {@link openQuery}. */
export interface QueryOptions {
  /** Bytes of memory at most. Default: 1 GiB. */
  memoryBytes?: number;
}

/** DuckDB's number for SELECT. All other statements are refused: COPY and EXPLAIN ANALYZE write files. */
const SELECT = 1;
const MEMORY_BYTES = 2 ** 30;
/** What the database says of these depends on the SQL and the schema only; any other message may quote a recording. */
const ABOUT_SQL = /^(?:Failed to extract statements: )?(?:Parser|Binder|Catalog|Permission) Error: /;

/**
 * Opens tables for queries, in this process. The database reads these tables and nothing else: no other file, no network, no extension; it
 * writes nothing, and no query can change that.
 * @throws CassetteError CASSETTE_QUERY_LIBRARY_MISSING, CASSETTE_TABLES_INVALID.
 */
export async function openQuery(tables: string, options: QueryOptions = {}): Promise<TablesQuery> {
  const dir = resolve(tables);
  const { parts } = await listParts(dir);
  const { DuckDBInstance: Instance } = await loadDuckdb();
  const instance = await Instance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    memory_limit: `${Math.floor((options.memoryBytes ?? MEMORY_BYTES) / 2 ** 20)}MiB`,
    // What does not fit into memory fails; it is not written to the disk.
    temp_directory: "",
  });
  const connection = await instance.connect();
  const close = () => closeBoth(connection, instance);
  try {
    // Each statement only narrows what is allowed; the last one makes it final.
    await connection.run(`SET allowed_directories = [${quoted(dir + sep)}]`);
    await connection.run("SET enable_external_access = false");
    for (const statement of viewStatements(parts)) await connection.run(statement);
    await connection.run("SET lock_configuration = true");
  } catch (cause) {
    close();
    throw new CassetteError("CASSETTE_TABLES_INVALID", "The database cannot read the tables.", {
      file: dir,
      cause,
    });
  }
  return { run: (sql) => runSelect(connection, sql), close, [Symbol.dispose]: close };
}

function closeBoth(connection: DuckDBConnection, instance: DuckDBInstance): void {
  connection.closeSync();
  instance.closeSync();
}

async function runSelect(connection: DuckDBConnection, sql: string): Promise<QueryResult> {
  try {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw notOneSelect();
    const prepared = await statements.prepare(0);
    if (prepared.statementType !== SELECT) throw notOneSelect();
    const result = await prepared.stream();
    return { columns: result.columnNames(), batches: guarded(result.yieldRowsJson()) };
  } catch (error) {
    throw asFailure(error);
  }
}

async function* guarded(batches: AsyncIterable<unknown[][]>): AsyncGenerator<ResultValue[][]> {
  try {
    for await (const batch of batches) yield batch as ResultValue[][];
  } catch (error) {
    throw asFailure(error);
  }
}

function notOneSelect(): CassetteError {
  return new CassetteError("CASSETTE_QUERY_FAILED", "A query is exactly one SELECT statement.");
}

function asFailure(error: unknown): CassetteError {
  if (error instanceof CassetteError) return error;
  const [line = ""] = (error instanceof Error ? error.message : "").split("\n");
  const what = ABOUT_SQL.test(line)
    ? line.replace(ABOUT_SQL, "")
    : "it failed on some value, or ran out of memory";
  return new CassetteError("CASSETTE_QUERY_FAILED", `The database refused the query: ${what}`);
}
