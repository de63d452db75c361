import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createRecorder } from "@cassette/core";
import { beforeAll, describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const folder = temporaryDirectory();
const recordings = join(folder, "recordings");
const tables = join(recordings, "tables");

beforeAll(async () => {
  mkdirSync(recordings);
  for (const [name, code] of Object.entries({ good: 0, bad: 3, other: 0 })) await record(name, code);
  const { status, stdout } = await cassette(["index", recordings, "-o", tables]);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: "3 indexed, 0 unchanged, 0 rows removed, 0 refused\n",
  });
});

describe("cassette query", () => {
  it("prints a table, CSV and JSON, with control characters escaped", async () => {
    const sql =
      "SELECT exit_code, text FROM texts JOIN recordings USING (recording) WHERE place = 'input' AND failed";
    const csv = await cassette(["query", sql, tables, "--format", "csv"]);
    expect(csv.stdout).toBe('exit_code,text\r\n3,"rm -rf ""bad"", \\e[2J\\r"\r\n');
    const json = await cassette(["query", sql, tables, "--json"]);
    expect(JSON.parse(json.stdout)).toEqual({ exit_code: "3", text: 'rm -rf "bad", \x1b[2J\r' });
    const table = await cassette(["query", sql, tables]);
    expect(table.stdout.split("\n")[0]).toMatch(/^exit_code {2}text/);
    expect(`${json.stdout}${table.stdout}`).not.toContain("\x1b");
  });

  it("runs a named query, and names the others for an unknown one", async () => {
    const { stdout } = await cassette(["query", "--named", "failures", tables, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ path: join(recordings, "bad.cassette"), exit_code: "3" });
    const unknown = await cassette(["query", "--named", "nothing", tables]);
    expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining("failing-inputs") });
  });

  it("exits with 2 for anything but one SELECT, and with 3 without tables", async () => {
    expect(await cassette(["query", "COPY (SELECT 1) TO 'x.csv'", tables], { cwd: folder })).toMatchObject({
      status: 2,
    });
    expect(await cassette(["query", "SELECT 1", folder])).toMatchObject({ status: 3 });
    expect(readdirSync(folder)).toEqual(["recordings"]);
  });
});

describe("without the database", () => {
  it("says what to install, and still indexes and searches", async () => {
    const hook = `export async function resolve(name, context, next) {
      if (name.endsWith("/node-api")) throw new Error("It is hidden.");
      return next(name, context);
    }`;
    const preload = `import { register } from "node:module"; register("${scriptUrl(hook)}");`;
    const env = { ...process.env, NODE_OPTIONS: `--import ${scriptUrl(preload)}` };
    const { status, stderr } = await cassette(["query", "SELECT 1", tables], { env });
    expect(status).toBe(3);
    expect(stderr).toMatch(/npm install \S+\/node-api/);
    expect(await cassette(["grep", "-F", "shown on bad", recordings], { env })).toMatchObject({ status: 0 });
    expect(await cassette(["index", recordings, "-o", tables], { env })).toMatchObject({ status: 0 });
  });
});

describe("cassette grep", () => {
  it("gives the same answers with an index, whether it is current or not", async () => {
    const copy = join(temporaryDirectory(), "copy");
    cpSync(recordings, copy, { recursive: true });
    for (const pattern of ["rm", "shown on (bad|other)", "^\\$", "no such text", "Code"]) {
      const search = ["grep", pattern, recordings];
      const [with_, without] = await Promise.all([cassette(search), cassette([...search, "--no-index"])]);
      expect(with_.stderr).toContain("current for 3 of 3 recordings");
      expect(without.stderr).toBe("");
      expect({ ...with_, stderr: "" }, pattern).toEqual(without);
    }
    // Copies are other recordings: the index of the first ones says nothing of them.
    const other = ["grep", "shown", copy];
    const stale = await cassette([...other, "--index", tables]);
    expect(stale.stderr).toContain("current for 0 of 3 recordings");
    expect(stale.stdout).toBe((await cassette([...other, "--no-index"])).stdout);
  });
});

describe("cassette prune", () => {
  it("prints what it would delete, and deletes it with --yes", async () => {
    const old = join(folder, "old");
    cpSync(recordings, old, { recursive: true, filter: (path) => !path.endsWith("tables") });
    const own = join(folder, "old-tables");
    await cassette(["index", old, "-o", own]);
    const args = ["prune", own, "--root", old, "--older-than", "30d", "--keep", "failing"];
    const dry = await cassette(args);
    expect(dry.stdout).toBe(`${join(old, "good.cassette")}\n${join(old, "other.cassette")}\n`);
    expect(readdirSync(old)).toHaveLength(3);
    expect(await cassette([...args, "--yes"])).toMatchObject({ status: 0, stdout: dry.stdout });
    expect(readdirSync(old)).toEqual(["bad.cassette"]);
    const removed = await cassette([
      "query",
      "SELECT path FROM removals ORDER BY path",
      own,
      "--format",
      "csv",
    ]);
    expect(removed.stdout).toBe(`path\r\n${dry.stdout.replaceAll("\n", "\r\n")}`);
  });
});

async function record(name: string, code: number): Promise<void> {
  const recorder = await createRecorder(join(recordings, `${name}.cassette`), {
    manifest: { provenance: { recorded_at: "2026-01-01T00:00:00Z" } },
    integrity: true,
  });
  recorder.recordOutput(Buffer.from("$ \x1b[31mshown\x1b[m on "));
  recorder.recordInput({ bytes: Buffer.from(`rm -rf "${name}", \x1b[2J\r`) });
  recorder.recordOutput(Buffer.from(`${name}\r\n`));
  recorder.recordFinal({ exit: { Code: code, Signal: "", Exited: true, Signaled: false } });
  await recorder.close();
}

function scriptUrl(text: string): string {
  return `data:text/javascript,${encodeURIComponent(text)}`;
}
