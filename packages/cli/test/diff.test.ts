import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRecorder } from "@cassette/core";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

/** What happens in a recording: output as text, and what was typed. */
type Happening = string | { typed: string } | { answer: string } | { resize: [rows: number, cols: number] };

interface Making {
  /** Milliseconds between happenings. */
  pace?: number;
  argv?: string[];
  exit?: number;
}

async function record(happenings: Happening[], { pace = 10, argv = ["it"], exit = 0 }: Making = {}) {
  const dir = join(temporaryDirectory(), "it");
  let time = 0;
  const clock = { now: () => 0, monotonic: () => (time += pace) };
  const recorder = await createRecorder(dir, {
    manifest: {
      command: { argv, workdir_policy: "unspecified" },
      terminal: { initial_rows: 5, initial_cols: 40, emulator: { name: "any", version: "1" } },
      timing: { resolution_ms: 1 },
    },
    clock,
  });
  for (const happening of happenings) {
    if (typeof happening === "string") recorder.recordOutput(Buffer.from(happening));
    else if ("typed" in happening) recorder.recordInput({ bytes: Buffer.from(happening.typed) });
    else if ("answer" in happening)
      recorder.recordInput({ bytes: Buffer.from(happening.answer), answer: true });
    else {
      const [Rows, Cols] = happening.resize;
      recorder.recordInput({ kind: "resize", size: { Rows, Cols } });
    }
  }
  recorder.recordFinal({ exit: { Code: exit, Signal: "", Exited: true, Signaled: false } });
  await recorder.close();
  return dir;
}

const diff = async (a: Promise<string>, b: Promise<string>, ...options: string[]) =>
  cassette(["diff", await a, await b, ...options]);

const SESSION: Happening[] = ["$ ", { typed: "ls" }, "ls", { typed: "\r" }, "\r\n\x1b[31mfile\x1b[m\r\n$ "];
const SAME = { status: 0, stdout: "", stderr: "" };

describe("cassette diff", () => {
  it.each<[string, Happening[], Happening[]]>([
    [
      "output cut otherwise",
      SESSION,
      ["$", " ", { typed: "ls" }, "l", "s", { typed: "\r" }, "\r\n\x1b[3", "1mfile\x1b[m\r\n$ "],
    ],
    [
      "keys in other pieces",
      SESSION,
      ["$ ", { typed: "l" }, "l", { typed: "s" }, "s", { typed: "\r" }, "\r\n\x1b[31mfile\x1b[m\r\n$ "],
    ],
    ["typed ahead", SESSION, ["$ ", { typed: "ls" }, { typed: "\r" }, "ls\r\n\x1b[31mfile\x1b[m\r\n$ "]],
    ["answers of the terminal", SESSION, ["$ ", { answer: "\x1b[1;3R" }, ...SESSION.slice(1)]],
    [
      "clocks and durations",
      ["at 12:01:02 took 9ms", { typed: "q" }],
      ["at 12:59:58 took 1.25s", { typed: "q" }],
    ],
    [
      "an input before all was drawn",
      ["a", "b", { typed: "x" }, "\x1b[2Jc"],
      ["a", { typed: "x" }, "b\x1b[2Jc"],
    ],
  ])("takes for the same: %s", async (_, a, b) => {
    expect(await diff(record(a), record(b, { pace: 700 }))).toEqual(SAME);
    expect(await diff(record(b), record(a, { pace: 700 }))).toEqual(SAME);
  });

  it.each<[string, Happening[], string]>([
    ["text", SESSION.with(4, "\r\n\x1b[31mfiles\x1b[m\r\n$ "), "  - 2 file\n  + 2 files\n"],
    ["style", SESSION.with(4, "\r\n\x1b[32mfile\x1b[m\r\n$ "), "  ~ 2 file\n"],
    [
      "cursor",
      SESSION.with(4, "\r\n\x1b[31mfile\x1b[m\r\n$  "),
      "  cursor row 3, column 3 → row 3, column 4\n",
    ],
    ["title", SESSION.with(4, "\x1b]2;new\x07\r\n\x1b[31mfile\x1b[m\r\n$ "), "  title none → new\n"],
  ])("reports a different %s after an input, and which input", async (_, happenings, words) => {
    const outcome = await diff(record(SESSION), record(happenings));
    expect(outcome.status).toBe(1);
    expect(outcome.stdout).toBe(`after input 2, "\\r" (A at 0.040s, B at 0.040s):\n${words}`);
  });

  it("reports a different start, end and input, and stops comparing screens there", async () => {
    const other = record(["# ", { typed: "ls" }, "ls", { typed: "q" }, "gone"], { argv: ["other"], exit: 3 });
    const { status, stdout } = await diff(record(SESSION), other);
    expect(status).toBe(1);
    expect(stdout).toBe(
      'manifest command.argv: ["it"] → ["other"]\nexit: status 0 → status 3\n' +
        "at the beginning:\n  - 1 $\n  + 1 #\n" +
        'after input 1, "ls" (A at 0.020s, B at 0.020s):\n  - 1 $ ls\n  + 1 # ls\n' +
        'input: input 2, "\\r" → input 2, "q"; later screens were not compared\n',
    );
  });

  it("does not repeat what differs in the same way on later screens", async () => {
    const session = (version: string): Happening[] => [
      `version ${version}\r\n`,
      ...["a", "b", "c"].flatMap((key): Happening[] => [{ typed: key }, key]),
      { typed: "d" },
      version === "2" ? "D" : "d",
    ];
    const { stdout } = await diff(record(session("1")), record(session("2")));
    expect(stdout).toBe(
      "at the beginning:\n  - 1 version 1\n  + 1 version 2\nafter inputs 1 to 3: as before\n" +
        'after input 4, "d" (A at 0.080s, B at 0.080s):\n  - 2 abcd\n  + 2 abcD\n  and 1 difference as before\n',
    );
  });

  it("reports that one recording continues", async () => {
    const { stdout } = await diff(record(SESSION.slice(0, 3)), record(SESSION));
    expect(stdout).toContain('input: nothing more → input 2, "\\r"');
  });

  it("reports a resize that only one recording has", async () => {
    const { stdout } = await diff(record(SESSION), record([...SESSION, { resize: [6, 30] }, "x"]));
    expect(stdout).toContain("input: nothing more → input 3, resize 30x6");
  });

  it("compares clocks too if asked", async () => {
    const { status } = await diff(record(["12:01:02"]), record(["12:01:03"]), "--exact");
    expect(status).toBe(1);
  });

  it("prints one JSON object a difference", async () => {
    const { stdout } = await diff(record(["a"]), record(["b"], { exit: 1 }), "--json");
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { grade: "error", kind: "exit", a: "status 0", b: "status 1" },
      {
        grade: "info",
        kind: "screen",
        after: { a: null, b: null },
        screen: { rows: [{ row: 1, part: "text", a: "a", b: "b" }], size: null, cursor: null, title: null },
      },
    ]);
  });

  it("says what is wrong with a cassette it cannot read", async () => {
    const good = await record(SESSION);
    const bad = await record(SESSION);
    writeFileSync(join(bad, "output.raw"), "tampered");
    expect(await cassette(["diff", good, bad])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("CASSETTE_DIGEST_MISMATCH"),
    });
  });

  it("leaves out what the project's settings mask, unless it compares exactly", async () => {
    const cwd = temporaryDirectory();
    const show = (text: string) => record(["$ ", { typed: "x" }, text]);
    const dirs = [
      await show("id req-ab12 \x1b[90mfirst tip\x1b[m end"),
      await show("id req-0 \x1b[90mother, longer tip\x1b[m end"),
    ];
    const run = (...options: string[]) => cassette(["diff", ...dirs, ...options], { cwd });
    expect(await run()).toMatchObject({ status: 1 });
    const settings = "masks: [{ pattern: 'req-[0-9a-f]+' }, { style: { fg: bright-black } }]\n";
    writeFileSync(join(cwd, "cassette.config.yaml"), settings);
    expect(await run()).toEqual(SAME);
    expect(await run("--exact")).toMatchObject({ status: 1 });
    writeFileSync(join(cwd, "cassette.config.yaml"), "allow: [secret]\n");
    expect(await run()).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("CASSETTE_CONFIG_INVALID"),
    });
  });

  it("grades differences, and fails on those of a grade", async () => {
    const show = (text: string, exit = 0) => record(["$ ", { typed: "x" }, text], { exit });
    const dirs = [await show("one"), await show("two"), await show("one\r\nmore"), await show("one", 1)];
    const compare = (other: number, ...options: string[]) =>
      cassette(["diff", dirs[0] ?? "", dirs[other] ?? "", ...options]);
    const expected = ["info", "warning", "error"];
    for (const [index, grade] of expected.entries()) {
      const { stdout } = await compare(index + 1, "--json");
      expect(
        stdout
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line).grade),
      ).toContain(grade);
      const statuses = [];
      for (const limit of expected) statuses.push((await compare(index + 1, "--fail-on", limit)).status);
      expect(statuses).toEqual(expected.map((_, limit) => (index >= limit ? 1 : 0)));
    }
  });
});
