import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openCassette } from "@cassette/core/reader";
import { describe, expect, it } from "vitest";
import { indexRecordings, openQuery, pruneRecordings } from "../dist/index.js";
import { makeRecordings, temporaryDirectory } from "./support/recordings.js";

/** Kills for each command. CASSETTE_SOAK asks for a hundred. */
const KILLS = process.env.CASSETTE_SOAK ? 100 : 2;
/** Pruning notes 64 together: more than a hundred to prune have moments between two batches. */
const RECORDINGS = process.env.CASSETTE_SOAK ? 240 : 90;

describe("SIGKILL", () => {
  it(`at ${KILLS} moments of indexing leaves whole recordings only`, async () => {
    const { recordings, dir } = await made();
    const lastingMs = await lasting("index-run.mjs", [recordings, join(dir, "whole")]);
    const wanted = await counts(join(dir, "whole"));
    let partial = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const tables = join(dir, `tables-${kill}`);
      await lasting("index-run.mjs", [recordings, tables], momentOf(kill, lastingMs));
      if (existsSync(join(tables, "_cassette-corpus.json"))) {
        const rows = await perRecording(tables);
        // What is there is whole.
        for (const [, ...perTable] of rows) expect(perTable).toEqual(["1", "1"]);
        if (rows.length > 0 && rows.length < RECORDINGS) partial++;
      }
      expect(await indexRecordings([recordings], { tables })).toMatchObject({ refused: 0 });
      expect(await counts(tables)).toEqual(wanted);
      expect(readdirSync(join(tables, "_staging"))).toEqual([]);
      rmSync(tables, { recursive: true });
    }
    console.log(`${KILLS} kills of index, ${partial} of them between two parts`);
  });

  it(`at ${KILLS} moments of pruning deletes only what is noted, and loses nothing else`, async () => {
    const { recordings, dir } = await made();
    const tables = join(dir, "tables");
    await indexRecordings([recordings], { tables });
    const first = join(dir, "first");
    const firstTables = join(dir, "first-tables");
    const restore = () => {
      for (const [from, to] of [
        [first, recordings],
        [firstTables, tables],
      ] as const) {
        rmSync(to, { recursive: true, force: true });
        cpSync(from, to, { recursive: true, preserveTimestamps: true });
      }
    };
    cpSync(recordings, first, { recursive: true, preserveTimestamps: true });
    // Copies have other times of change: their rows are made where they will be.
    cpSync(tables, firstTables, { recursive: true });
    let partial = 0;
    let lastingMs = 0;
    for (let kill = -1; kill < KILLS; kill++) {
      restore();
      await indexRecordings([recordings], { tables });
      const isTimed = kill < 0;
      const ms = await lasting(
        "prune-run.mjs",
        [recordings, tables],
        isTimed ? undefined : momentOf(kill, lastingMs),
      );
      if (isTimed) lastingMs = ms;
      const noted = new Set(
        (await ask(tables, "SELECT path FROM removals WHERE reason = 'pruned'")).map(([path]) => path),
      );
      if (noted.size > 0 && noted.size < (RECORDINGS * 2) / 3) partial++;
      await expectKept(recordings, noted);
      await pruneRecordings({ root: recordings, tables, olderThanMs: 0, keep: ["failing"], isReal: true });
      expect(readdirSync(recordings).length).toBe(RECORDINGS / 3);
      expect(await ask(tables, "SELECT count(*), bool_and(failed) FROM recordings")).toEqual([
        [String(RECORDINGS / 3), true],
      ]);
    }
    console.log(`${KILLS} kills of prune, ${partial} of them between two batches`);
  });
});

/** Every recording that is not noted is there whole, under its name or hidden beside it. */
async function expectKept(recordings: string, noted: ReadonlySet<unknown>): Promise<void> {
  const names = readdirSync(recordings);
  for (let n = 0; n < RECORDINGS; n++) {
    const name = `${n}.cassette`;
    if (noted.has(join(recordings, name))) continue;
    const found = names.find((other) => other === name || other.startsWith(`.${name}.pruned-`));
    expect(found, name).toBeDefined();
    await using cassette = await openCassette(join(recordings, found ?? ""));
    expect(cassette.integrity).toBe("verified");
  }
}

/** Moments are spread over the run, with a random part. */
function momentOf(kill: number, lastingMs: number): number {
  return (lastingMs * (kill + Math.random())) / KILLS;
}

/** Runs a program, and kills it after some milliseconds. Returns how long it ran. */
function lasting(program: string, args: string[], killAfterMs?: number): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, "programs", program), ...args], {
      stdio: "inherit",
    });
    const timer =
      killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
    child.on("error", reject);
    child.on("close", () => {
      clearTimeout(timer);
      resolve(performance.now() - start);
    });
  });
}

async function made(): Promise<{ dir: string; recordings: string }> {
  const dir = temporaryDirectory();
  const recordings = join(dir, "recordings");
  mkdirSync(recordings);
  await makeRecordings(recordings, RECORDINGS);
  return { dir, recordings };
}

function perRecording(tables: string): Promise<unknown[][]> {
  return ask(
    tables,
    `SELECT path, (SELECT count(*) FROM screens s WHERE s.recording = r.recording),
      (SELECT count(*) FROM inputs i WHERE i.recording = r.recording) FROM recordings r`,
  );
}

function counts(tables: string): Promise<unknown[][]> {
  const of = (table: string) => `(SELECT count(*) FROM ${table})`;
  return ask(tables, `SELECT ${["recordings", "screens", "inputs", "texts", "marks"].map(of).join(", ")}`);
}

async function ask(tables: string, sql: string): Promise<unknown[][]> {
  using database = await openQuery(tables);
  const rows: unknown[][] = [];
  for await (const batch of (await database.run(sql)).batches) rows.push(...batch);
  return rows;
}
