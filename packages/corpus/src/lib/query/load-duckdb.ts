import { CassetteError } from "@cassette/format";

export type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

/**
 * Loads the database, which is optional: it is large.
 * @throws CassetteError CASSETTE_QUERY_LIBRARY_MISSING.
 */
export async function loadDuckdb(): Promise<typeof import("@duckdb/node-api")> {
  try {
    return await import("@duckdb/node-api");
  } catch (cause) {
    throw new CassetteError(
      "CASSETTE_QUERY_LIBRARY_MISSING",
      "@duckdb/node-api is not installed, or not for this platform.",
      { hint: "Run `npm install @duckdb/node-api`, or read the Parquet files with another engine.", cause },
    );
  }
}
