import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  findCandidates,
  indexRecordings,
  openQuery,
  type PruneOptions,
  pruneRecordings,
} from "../dist/index.js";
import { makeRecording, makeRecordings, temporaryDirectory } from "./support/recordings.js";

describe("pruneRecordings", () => {
  it("deletes nothing in a dry run", async () => {
    const { recordings, options } = await made();
    const paths: string[] = [];
    const outcome = await pruneRecordings({ ...options, onPruned: ({ path }) => paths.push(path) });
    expect(outcome).toEqual({ pruned: 4, refused: 0 });
    expect(paths).toEqual([1, 2, 4, 5].map((n) => join(recordings, `${n}.cassette`)));
    expect(readdirSync(recordings)).toHaveLength(6);
  });

  it("deletes what is old and keeps what failed", async () => {
    const { recordings, options } = await made();
    await makeRecording(join(recordings, "new.cassette"), { recordedAt: "2026-05-31T00:00:00Z" });
    await indexRecordings([recordings], { tables: options.tables });
    expect(await pruneRecordings({ ...options, isReal: true })).toEqual({ pruned: 4, refused: 0 });
    expect(readdirSync(recordings).sort()).toEqual(["0.cassette", "3.cassette", "new.cassette"]);
    expect(await pruneRecordings({ ...options, isReal: true })).toEqual({ pruned: 0, refused: 0 });
  });

  it("keeps what is not as its row says, or has other files in it", async () => {
    const { recordings, options } = await made();
    appendFileSync(join(recordings, "1.cassette", "output.raw"), "x");
    writeFileSync(join(recordings, "2.cassette", "notes.txt"), "mine");
    await indexRecordings([join(recordings, "2.cassette")], { tables: options.tables });
    expect(await pruneRecordings({ ...options, isReal: true })).toEqual({ pruned: 2, refused: 2 });
    expect(existsSync(join(recordings, "1.cassette", "output.raw"))).toBe(true);
    expect(existsSync(join(recordings, "2.cassette", "notes.txt"))).toBe(true);
  });

  it("makes visible again what a killed run hid and did not note, and indexing does not forget it", async () => {
    const { recordings, options } = await made();
    const keys = new Map<string, string>();
    using database = await openQuery(options.tables);
    for await (const rows of (await database.run("SELECT path, recording FROM recordings")).batches)
      for (const [path, key] of rows) keys.set(String(path), String(key));
    // What failed is not selected again, so that it has to come back.
    const path = join(recordings, "0.cassette");
    renameSync(path, join(recordings, `.0.cassette.pruned-${keys.get(path)}`));
    expect(await indexRecordings([recordings], options)).toMatchObject({ unchanged: 5, removed: 0 });
    expect(await pruneRecordings({ ...options, isReal: true })).toEqual({ pruned: 4, refused: 0 });
    expect(readdirSync(recordings).sort()).toEqual(["0.cassette", "3.cassette"]);
  });

  it("follows no link, and deletes nothing outside the root", async () => {
    const { dir, recordings, options } = await made();
    const outside = join(dir, "outside");
    mkdirSync(outside);
    renameSync(join(recordings, "1.cassette"), join(outside, "1.cassette"));
    symlinkSync(join(outside, "1.cassette"), join(recordings, "1.cassette"));
    expect(await pruneRecordings({ ...options, isReal: true })).toEqual({ pruned: 3, refused: 1 });
    expect(readdirSync(join(outside, "1.cassette")).length).toBeGreaterThan(5);
    const link = join(dir, "link");
    symlinkSync(outside, link);
    await expect(pruneRecordings({ ...options, root: link })).rejects.toMatchObject({
      code: "CASSETTE_USAGE",
    });
    mkdirSync(join(dir, "rec"));
    // A name that only begins like the root is not below it.
    expect(await pruneRecordings({ ...options, root: join(dir, "rec") })).toEqual({ pruned: 0, refused: 0 });
  });
});

describe("findCandidates", () => {
  it("rules out only current recordings without a match", async () => {
    const { recordings, options } = await made();
    const paths = [0, 1, 2].map((n) => join(recordings, `${n}.cassette`));
    appendFileSync(join(recordings, "2.cassette", "output.raw"), "x");
    const search = { pattern: /line 1/u, places: ["screen"] as const };
    const found = await findCandidates(options.tables, paths, search);
    expect(found).toEqual({ withoutMatch: new Set([paths[0]]), current: 2 });
    const typed = await findCandidates(options.tables, paths, { ...search, places: ["input"] });
    expect(typed.withoutMatch).toEqual(new Set(paths.slice(0, 2)));
  });
});

async function made(): Promise<{ dir: string; recordings: string; options: PruneOptions }> {
  const dir = temporaryDirectory();
  const recordings = join(dir, "recordings");
  const tables = join(dir, "tables");
  mkdirSync(recordings);
  await makeRecordings(recordings, 6);
  await indexRecordings([recordings], { tables });
  const now = () => Date.UTC(2026, 5, 1);
  return {
    dir,
    recordings,
    options: { tables, root: recordings, olderThanMs: 90 * 86_400_000, keep: ["failing"], now },
  };
}
