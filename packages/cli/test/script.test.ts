import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

let dir: string;
const run = (...args: string[]) => cassette(args, { cwd: dir });
const ASK = ["sh", "-c", 'printf "name? "; read name; echo "hello $name"'];

beforeAll(async () => {
  dir = temporaryDirectory();
  writeFileSync(join(dir, "first.yaml"), '- wait: "name? "\n- type: "Ada\\r"\n- wait: hello\n');
  const args = ["record", "a.cassette", "--script", "first.yaml", "--save-script", "saved.yaml", "--"];
  expect(await run(...args, ...ASK)).toMatchObject({ status: 0 });
});

describe("cassette script", () => {
  it("prints what --save-script wrote, which records the same again", async () => {
    const { status, stdout } = await run("script", "a.cassette");
    expect({ status, stdout }).toEqual({ status: 0, stdout: readFileSync(join(dir, "saved.yaml"), "utf8") });
    await run("record", "b.cassette", "--script", "saved.yaml", "--", ...ASK);
    expect(await run("diff", "a.cassette", "b.cassette")).toMatchObject({ status: 0 });
  });

  it("prints a scenario that the recording passes", async () => {
    const { stdout } = await run("script", "a.cassette", "--scenario");
    writeFileSync(join(dir, "a.test.yaml"), stdout);
    expect(await run("test", "a.test.yaml")).toMatchObject({ status: 0 });
    expect(stdout).toContain("exit_code: 0");
  });
});

describe("record --script with a tape of VHS", () => {
  it("types what the tape types, and lists what it leaves out", async () => {
    const tape =
      'Output a.gif\nSet FontSize 20\nEnv WHO world\nType "echo hello $WHO"\nEnter\nWait /^hello world$/\n';
    writeFileSync(join(dir, "demo.tape"), tape);
    const program = ["bash", "--norc", "--noprofile"];
    const { status, stderr } = await run(
      "record",
      "tape.cassette",
      "--script",
      "demo.tape",
      "--",
      ...program,
    );
    expect(status).toBe(0);
    expect(stderr).toContain("demo.tape:1: left out: Output a.gif\ndemo.tape:2: left out: Set FontSize 20\n");
    expect(readFileSync(join(dir, "tape.cassette/output.raw"), "utf8")).toContain("hello world\r\n");
    writeFileSync(join(dir, "wrong.tape"), 'Type "a"\nTyp "b"\n');
    expect(await run("record", "none", "--script", "wrong.tape", "--", "cat")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("wrong.tape:2: "),
    });
  });
});

describe("record --save-script", () => {
  it("replaces no file, and says so before the program starts", async () => {
    const { status, stderr } = await run(
      "record",
      "c.cassette",
      "--save-script",
      "saved.yaml",
      "--",
      "touch",
      "started",
    );
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining("CASSETTE_TARGET_EXISTS"),
    });
    expect(existsSync(join(dir, "started"))).toBe(false);
  });
});
