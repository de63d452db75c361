import type { ErrorEntry } from "./error-entry.js";

/** Errors of tables of many recordings. */
export const TABLE_ERRORS = {
  CASSETTE_TABLES_INVALID: {
    exit: "failure",
    title: "The tables are missing, damaged or of another version",
    remedy: "Index the recordings again into an empty folder.",
  },
  CASSETTE_UNSCRUBBED: {
    exit: "negative",
    title: "A recording was not scrubbed",
    remedy: "Scrub it with `cassette scrub`, or index it with --include-unscrubbed.",
  },
  CASSETTE_QUERY_FAILED: {
    exit: "usage",
    title: "A query is not one SELECT statement, or it failed",
    remedy: "Correct the SQL. `cassette query --help` lists the views.",
  },
  CASSETTE_QUERY_LIBRARY_MISSING: {
    exit: "failure",
    title: "The library that runs queries is not installed",
    remedy: "Run `npm install @duckdb/node-api`, or read the Parquet files with another engine.",
  },
} satisfies Record<string, ErrorEntry>;
