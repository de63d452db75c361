import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { indexRecordings, NAMED_QUERIES, openQuery } from "../dist/index.js";
import { makeRecordings, temporaryDirectory } from "./support/recordings.js";

describe("openQuery", () => {
  it("reads and writes nothing but the tables, whatever the SQL", async () => {
    const { dir, tables } = await madeTables();
    writeFileSync(join(dir, "secret.csv"), "secret\n1\n");
    const before = listing(dir);
    using database = await openQuery(tables);
    const outside = join(dir, "secret.csv");
    const hostile = [
      `SELECT * FROM read_csv('${outside}')`,
      `SELECT * FROM read_text('${tables}/../secret.csv')`,
      `SELECT * FROM '${outside}'`,
      `SELECT * FROM glob('${dir}/*')`,
      `SELECT * FROM sniff_csv('${outside}')`,
      `SELECT * FROM read_csv('https://example.invalid/x.csv')`,
      `COPY (SELECT 1) TO '${tables}/new.csv'`,
      `COPY (SELECT 1) TO '${join(dir, "new.csv")}'`,
      `EXPLAIN ANALYZE COPY (SELECT 1) TO '${tables}/new.csv'`,
      `EXPORT DATABASE '${tables}/out'`,
      `ATTACH '${tables}/new.db'`,
      `CREATE TABLE t AS SELECT 1`,
      "DROP VIEW recordings",
      "INSTALL httpfs",
      "LOAD httpfs",
      "SET enable_external_access = true",
      "SET lock_configuration = false",
      "RESET allowed_directories",
      "PRAGMA enable_profiling",
      "CALL force_checkpoint()",
      "SELECT 1; COPY (SELECT 1) TO '/tmp/x'",
      "",
    ];
    for (const sql of hostile)
      await expect(all(database, sql), sql).rejects.toMatchObject({ code: "CASSETTE_QUERY_FAILED" });
    expect(listing(dir)).toEqual(before);
    expect(await all(database, "SELECT count(*) FROM recordings")).toEqual([["6"]]);
  });

  it("keeps recorded text out of its errors", async () => {
    const { tables } = await madeTables();
    using database = await openQuery(tables);
    const failure = await all(database, "SELECT text::INTEGER FROM texts").catch((error: Error) => error);
    expect(failure).toMatchObject({ code: "CASSETTE_QUERY_FAILED" });
    expect(String(failure)).not.toMatch(/line|step/);
  });

  it("refuses tables with a link in them", async () => {
    const { dir, tables } = await madeTables();
    const elsewhere = join(dir, "elsewhere");
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(tables, "recordings", "date=2026-09-09"));
    await expect(openQuery(tables)).rejects.toMatchObject({ code: "CASSETTE_TABLES_INVALID" });
  });

  it("passes over files of a part that was not committed", async () => {
    const { tables } = await madeTables();
    const folder = join(tables, "screens", readdirSync(join(tables, "screens"))[0] ?? "");
    writeFileSync(join(folder, "part-s1of1-half-1-0001.parquet"), "PAR1 half");
    using database = await openQuery(tables);
    expect(await all(database, "SELECT count(*) FROM screens")).toEqual([["6"]]);
  });

  it("runs every named query", async () => {
    const { tables } = await madeTables();
    using database = await openQuery(tables);
    for (const [name, { sql }] of Object.entries(NAMED_QUERIES)) {
      const rows = await all(database, sql);
      // No rule has masked anything here.
      expect(rows.length > 0, name).toBe(name !== "findings");
    }
    const { sql = "" } = NAMED_QUERIES["failing-inputs"] ?? {};
    expect((await all(database, sql)).map((row) => row.at(-1))).toEqual(["step 0\r", "step 3\r"]);
  });
});

async function madeTables(): Promise<{ dir: string; tables: string }> {
  const dir = temporaryDirectory();
  const tables = join(dir, "it's tables");
  await makeRecordings(join(dir, "recordings"), 6);
  await indexRecordings([join(dir, "recordings")], { tables });
  return { dir, tables };
}

async function all(database: Awaited<ReturnType<typeof openQuery>>, sql: string): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for await (const batch of (await database.run(sql)).batches) rows.push(...batch);
  return rows;
}

/** Every file with its size and time. */
function listing(dir: string): string[] {
  return (readdirSync(dir, { recursive: true }) as string[]).sort().map((name) => {
    const { size, mtimeMs } = statSync(join(dir, name));
    return `${name} ${size} ${mtimeMs}`;
  });
}
