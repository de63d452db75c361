import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { COMMAND, cassette, temporaryDirectory } from "./cassette.js";

const run = promisify(execFile);
const RUNS = process.env.CASSETTE_SOAK ? 300 : 6;
/** Asks for a name and a password, and ends with a status of its own. */
const ASK = `printf 'name? '; read name; stty -echo; printf 'word? '; read word; stty echo; printf '\\nhello %s\\n' "$name"; exit 3`;

/** What to wait for, what to type then, and in pieces of how many bytes. */
type Step = [waitFor: string, typed: string, pieces: number];

/** Drives a command with Python's pty module, with nothing but Node's folder and the system's on PATH. */
async function drive(steps: Step[], command: string[], env: NodeJS.ProcessEnv = process.env) {
  const driver = join(import.meta.dirname, "programs/drive.py");
  const { stdout } = await run("python3", [driver, JSON.stringify(steps), ...command], { env });
  const { status, output } = JSON.parse(stdout) as { status: number; output: string };
  return { status, output: Buffer.from(output, "hex") };
}

/** Records a shell script once for real. */
async function recorded(program: string[], steps: object[] = []) {
  const dir = temporaryDirectory();
  const target = join(dir, "it.cassette");
  const script = join(dir, "script.json");
  writeFileSync(script, JSON.stringify(steps));
  const outcome = await cassette(["record", target, "--script", script, "--", ...program]);
  expect(outcome.stderr + outcome.status).toMatch(/0$/);
  return { dir, target, raw: readFileSync(join(target, "output.raw")) };
}

const recordedAsk = () =>
  recorded(
    ["sh", "-c", ASK],
    [
      { wait: "name?" },
      { type: "Ann" },
      { press: "Enter" },
      { wait: "word?" },
      { type: "pw" },
      { press: "Enter" },
    ],
  );

const stubOf = (target: string, report: string) => [
  process.execPath,
  COMMAND,
  "stub",
  "--report",
  report,
  target,
];

describe.skipIf(!existsSync("/usr/bin/python3"))("cassette stub", () => {
  it("shows the driver the recorded bytes and status, whatever pieces its input comes in", async () => {
    const { dir, target, raw } = await recordedAsk();
    const report = join(dir, "report");
    for (let round = 0; round < RUNS; round++) {
      const pieces = 1 + (round % 4);
      const steps: Step[] = [
        ["name? ", "Ann\r", pieces],
        ["word? ", `not the same ${round}\r`, pieces],
      ];
      const env = { PATH: "/usr/bin:/bin", HOME: "" };
      const { status, output } = await drive(steps, stubOf(target, report), env);
      expect(output.toString("latin1")).toBe(raw.toString("latin1"));
      expect(status).toBe(3);
    }
    if (existsSync(report)) expect(readFileSync(report, "utf8")).not.toMatch(/expected/);
  });

  it("exits with 86 at other input, and tells the first difference in the report alone", async () => {
    const { dir, target, raw } = await recordedAsk();
    const report = join(dir, "report");
    const { status, output } = await drive([["name? ", "Bob\r", 4]], stubOf(target, report));
    expect(status).toBe(86);
    expect(raw.toString("latin1").startsWith(output.toString("latin1"))).toBe(true);
    const text = readFileSync(report, "utf8");
    expect(text).toContain('got:       "Bob\\r"');
    expect(text).toMatch(/expected: {2}"A/);
    expect(text).toMatch(/name\?/);
  });

  it("exits with 86 when the driver is silent, goes, or sends more", async () => {
    const { dir, target } = await recordedAsk();
    const report = join(dir, "report");
    const silent = [...stubOf(target, report), "--timeout", "0.2"];
    expect((await drive([], silent)).status).toBe(86);
    expect(readFileSync(report, "utf8")).toContain("silent");
    const gone = await cassette(["stub", target], { stdin: "A" });
    expect(gone).toMatchObject({ status: 86, stderr: expect.stringContaining("went") });
    const more = await cassette(["stub", target], { stdin: "Ann\rpw\rls\r" });
    expect(more).toMatchObject({ status: 86, stderr: expect.stringContaining('got:       "ls\\r"') });
  });

  it("stands in on a pipe, and ends by the recorded signal", async () => {
    const { target, raw } = await recorded(["sh", "-c", "echo bye; kill -TERM $$"]);
    const { status, stdout } = await cassette(["stub", target], { stdin: "" });
    expect(stdout).toBe(raw.toString());
    expect(status).toBeNull();
    expect((await drive([], stubOf(target, join(target, "../report")))).status).toBe(-15);
  });
});

describe("cassette stub install", () => {
  it("writes a program that chooses by its arguments, and says when none fits", async () => {
    const one = await recorded(["echo", "one"]);
    const two = await recorded(["echo", "two  words"]);
    const bin = join(one.dir, "bin");
    await cassette(["stub", "install", one.target, two.target, "--name", "it's", "--to", bin]);
    const program = join(bin, "it's");
    const env = { PATH: "/usr/bin:/bin", HOME: "" };
    expect((await run(program, ["one"], { env })).stdout).toBe("one\r\n");
    expect((await run(program, ["two  words"], { env })).stdout).toBe("two  words\r\n");
    await expect(run(program, ["three"], { env })).rejects.toMatchObject({
      code: 86,
      stderr: expect.stringContaining('["three"]'),
    });
  });
});
