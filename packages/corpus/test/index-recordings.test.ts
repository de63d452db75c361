import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { openDirectory, packArchive } from "@cassette/core/archive";
import { openCassette } from "@cassette/core/reader";
import { describe, expect, it } from "vitest";
import { type IndexOptions, indexRecordings, openQuery, type RefusedInput } from "../dist/index.js";
import { makeRecording, makeRecordings, temporaryDirectory } from "./support/recordings.js";

describe("indexRecordings", () => {
  it("writes rows that equal what the cassettes say", async () => {
    const { recordings, tables } = await indexed(12);
    const rows = await ask(
      tables,
      "SELECT path, id, sha256, exit_code, output_bytes, inputs FROM recordings ORDER BY path",
    );
    const expected = [];
    for (const name of readdirSync(recordings).sort()) {
      const path = join(recordings, name);
      await using cassette = await openCassette(path);
      const { manifest, final, rawSize, counts } = cassette;
      const { id, content_digest } = manifest;
      expected.push([
        path,
        id,
        content_digest.sha256,
        String(final.exit?.Code),
        String(rawSize),
        String(counts.input),
      ]);
    }
    expect(rows).toEqual(expected);
    expect(await ask(tables, "SELECT text FROM texts WHERE place = 'input' AND text LIKE 'step 7%'")).toEqual(
      [["step 7\r"]],
    );
    expect(await ask(tables, "SELECT text FROM texts WHERE place = 'screen' AND text = 'line 7'")).toEqual([
      ["line 7"],
    ]);
    expect(await ask(tables, "SELECT text FROM screens WHERE text = 'line 7'")).toEqual([["line 7"]]);
    expect(await ask(tables, "SELECT DISTINCT label FROM marks")).toEqual([["end"]]);
    expect(await ask(tables, "SELECT count(DISTINCT date) FROM recordings")).toEqual([["4"]]);
  });

  it("reads archives like the cassettes in them, by name, in folders and on servers", async () => {
    const { recordings, tables } = await indexed(2);
    const archives = join(temporaryDirectory(), "archives");
    mkdirSync(archives);
    const source = await openDirectory(join(recordings, "0.cassette"));
    for await (const piece of packArchive(source)) appendFileSync(join(archives, "0.zip"), piece);
    await source.close();
    expect(await indexRecordings([archives], { tables })).toMatchObject({ indexed: 1, refused: 0 });
    expect(await indexRecordings([join(archives, "0.zip")], { tables })).toMatchObject({ unchanged: 1 });
    const count = "SELECT count(*), count(DISTINCT sha256) FROM recordings WHERE path LIKE '%0.%'";
    expect(await ask(tables, count)).toEqual([["2", "1"]]);
    const server = await serveFile(join(archives, "0.zip"));
    const url = `${server.url}/0.zip`;
    expect(await indexRecordings([`${url}?key=s3cret`], { tables })).toMatchObject({
      indexed: 1,
      refused: 0,
    });
    expect(await indexRecordings([`${url}?key=other`], { tables })).toMatchObject({ unchanged: 1 });
    const paths = "SELECT path FROM recordings WHERE path LIKE 'http%'";
    expect(await ask(tables, paths)).toEqual([[url]]);
    server.close();
    const refused: RefusedInput[] = [];
    await indexRecordings([`${url}x?key=s3cret`], { tables, onRefused: (input) => refused.push(input) });
    expect(refused).toMatchObject([{ path: `${url}x` }]);
    expect(JSON.stringify(refused)).not.toContain("s3cret");
  });

  it("reads only what is new or has changed, and takes out what is gone", async () => {
    const { recordings, tables } = await indexed(4);
    expect(await indexRecordings([recordings], { tables })).toMatchObject({
      indexed: 0,
      unchanged: 4,
      removed: 0,
    });
    rmSync(join(recordings, "0.cassette"), { recursive: true });
    rmSync(join(recordings, "1.cassette"), { recursive: true });
    await makeRecording(join(recordings, "1.cassette"), { output: "another\r\n" });
    await makeRecording(join(recordings, "new.cassette"));
    expect(await indexRecordings([recordings], { tables })).toMatchObject({
      indexed: 2,
      unchanged: 2,
      removed: 2,
    });
    expect(await ask(tables, "SELECT count(*) FROM recordings")).toEqual([["4"]]);
    expect(
      await ask(tables, "SELECT reason, count(*) FROM removals GROUP BY reason ORDER BY reason"),
    ).toEqual([
      ["changed", "1"],
      ["missing", "1"],
    ]);
    expect(await ask(tables, "SELECT count(*) FROM screens WHERE text = 'line 1'")).toEqual([["0"]]);
  });

  it("indexes nothing that does not verify", async () => {
    const { recordings, tables } = await indexed(0);
    for (const name of ["bytes", "manifest", "pipe"]) await makeRecording(join(recordings, name));
    appendFileSync(join(recordings, "bytes", "output.raw"), "more");
    writeFileSync(join(recordings, "manifest", "manifest.json"), "{");
    rmSync(join(recordings, "pipe", "manifest.json"));
    symlinkSync("/dev/zero", join(recordings, "pipe", "manifest.json"));
    const refused: RefusedInput[] = [];
    const onRefused = (input: RefusedInput) => refused.push(input);
    expect(await indexRecordings([recordings], { tables, onRefused })).toMatchObject({
      indexed: 0,
      refused: 3,
    });
    expect(refused.map(({ code }) => code).sort()).toEqual([
      "CASSETTE_ARTIFACT_NOT_A_FILE",
      "CASSETTE_DIGEST_MISMATCH",
      "CASSETTE_JSON_TRUNCATED",
    ]);
  });

  it("takes hostile texts as they are, and no path from them", async () => {
    const { recordings, tables, dir } = await indexed(0);
    const typed = "'; DROP VIEW recordings; --\0\u{1f600}\x1b]0;x\x07\r";
    await makeRecording(join(recordings, "a"), { typed, recordedAt: "2026-01-01T/../../../../outside" });
    await makeRecording(join(recordings, "b"), { typed, recordedAt: ["..", "..", "outside"].join("/") });
    await makeRecording(join(recordings, "c'\"\n%00"), { typed, recordedAt: "9999-01-01T00:00:00Z" });
    expect(await indexRecordings([recordings], { tables })).toMatchObject({ indexed: 3, refused: 0 });
    expect(readdirSync(join(tables, "recordings"))).toEqual(["date=__HIVE_DEFAULT_PARTITION__"]);
    expect(readdirSync(dir).sort()).toEqual(["recordings", "tables"]);
    expect(await ask(tables, "SELECT DISTINCT text FROM inputs")).toEqual([[typed]]);
    expect(await ask(tables, "SELECT count(*), count(date) FROM recordings")).toEqual([["3", "0"]]);
  });

  it("refuses an unscrubbed recording unless it is asked for it", async () => {
    const { recordings, tables } = await indexed(0);
    const report = { status: "not-run", rules: null, hit_counts: null };
    await makeRecording(join(recordings, "raw"), { report });
    expect(await indexRecordings([recordings], { tables })).toMatchObject({ indexed: 0, refused: 1 });
    expect(await indexRecordings([recordings], { tables, includeUnscrubbed: true })).toMatchObject({
      indexed: 1,
    });
    expect(await ask(tables, "SELECT scrub_status FROM recordings")).toEqual([["not-run"]]);
  });

  it("gives the same rows from eight shards as from one run", async () => {
    const { recordings, tables, dir } = await indexed(40);
    const sharded = join(dir, "sharded");
    const runs = Array.from({ length: 8 }, (_, index) => ({
      tables: sharded,
      shard: { index: index + 1, count: 8 },
    }));
    await Promise.all(runs.map((options: IndexOptions) => indexRecordings([recordings], options)));
    for (const table of ["inputs", "screens", "texts", "service_events", "marks"]) {
      const sql = `SELECT path, t.* EXCLUDE (recording) FROM ${table} t JOIN recordings USING (recording) ORDER BY ALL`;
      const rows = await ask(tables, sql);
      expect(rows.length).toBeGreaterThanOrEqual(40);
      expect(await ask(sharded, sql)).toEqual(rows);
    }
  });

  it("keeps what is indexed when it is aborted, and continues in the next run", async () => {
    const { recordings, tables } = await indexed(0);
    await makeRecordings(recordings, 60);
    const controller = new AbortController();
    const { signal } = controller;
    const outcome = await indexRecordings([recordings], {
      tables,
      signal,
      onProgress: () => controller.abort(),
    });
    expect(outcome.isAborted).toBe(true);
    expect(outcome.indexed).toBeLessThan(60);
    expect(await ask(tables, "SELECT count(*) FROM recordings")).toEqual([[String(outcome.indexed)]]);
    const rest = await indexRecordings([recordings], { tables });
    expect(rest).toMatchObject({ indexed: 60 - outcome.indexed, unchanged: outcome.indexed });
  });

  it("refuses a folder with other files, and tables of another version", async () => {
    const { recordings, dir } = await indexed(1);
    await expect(indexRecordings([recordings], { tables: recordings })).rejects.toMatchObject({
      code: "CASSETTE_USAGE",
    });
    const newer = join(dir, "newer");
    mkdirSync(newer);
    writeFileSync(join(newer, "_cassette-corpus.json"), '{"version":2}');
    await expect(indexRecordings([recordings], { tables: newer })).rejects.toMatchObject({
      code: "CASSETTE_TABLES_INVALID",
    });
  });

  it("indexes a copy as a recording of its own", async () => {
    const { recordings, tables } = await indexed(1);
    cpSync(join(recordings, "0.cassette"), join(recordings, "copy.cassette"), { recursive: true });
    expect(await indexRecordings([recordings], { tables })).toMatchObject({ indexed: 1, unchanged: 1 });
    expect(await ask(tables, "SELECT count(*), count(DISTINCT id) FROM recordings")).toEqual([["2", "1"]]);
    expect(readFileSync(join(tables, "_cassette-corpus.json"), "utf8")).toBe('{"version":1}\n');
  });
});

async function indexed(count: number): Promise<{ dir: string; recordings: string; tables: string }> {
  const dir = temporaryDirectory();
  const recordings = join(dir, "recordings");
  const tables = join(dir, "tables");
  mkdirSync(recordings);
  await makeRecordings(recordings, count);
  if (count > 0)
    expect(await indexRecordings([recordings], { tables })).toMatchObject({ indexed: count, refused: 0 });
  return { dir, recordings, tables };
}

async function ask(tables: string, sql: string): Promise<unknown[][]> {
  using database = await openQuery(tables);
  const rows: unknown[][] = [];
  for await (const batch of (await database.run(sql)).batches) rows.push(...batch);
  return rows;
}

/** Serves parts of a file on loopback. */
async function serveFile(path: string): Promise<{ url: string; close(): void }> {
  const bytes = readFileSync(path);
  const server = createServer(({ headers }, response) => {
    const [, from = "0", to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "") ?? [];
    const end = Math.min(bytes.length - 1, to ? Number(to) : bytes.length - 1);
    const part = bytes.subarray(Number(from), end + 1);
    response.writeHead(206, {
      "content-range": `bytes ${from}-${end}/${bytes.length}`,
      "content-length": part.length,
      etag: '"1"',
    });
    response.end(part);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
