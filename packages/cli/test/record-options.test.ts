import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openCassette } from "@cassette/core/reader";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

/** Records in a directory of its own; the cassette's path. */
async function recorded(options: string[], program: string[], files: Record<string, string> = {}) {
  const cwd = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const outcome = await cassette(["record", "it", ...options, "--", ...program], { cwd });
  return { cwd, outcome, path: join(cwd, "it") };
}

async function expectDrawn(path: string, suffix: string, col: number) {
  await using opened = await openCassette(path);
  const { version } = opened.manifest.terminal.emulator;
  expect([version.endsWith(".graphemes"), version]).toEqual([suffix !== "", expect.stringMatching(/^6/)]);
  const cols: number[] = [];
  for await (const { kind, record } of opened.events({ kinds: ["frame"] }))
    if (kind === "frame") cols.push(record.cursor.Col);
  expect(cols.at(-1)).toBe(col);
}

describe("cassette record, its options", () => {
  it("names a recording after the program and the time if no name is given", async () => {
    const cwd = temporaryDirectory();
    expect(await cassette(["record", "--", "true"], { cwd })).toMatchObject({ status: 0 });
    expect(readdirSync(cwd)).toEqual([expect.stringMatching(/^true-\d{8}-\d{6}\.cassette$/)]);
  });

  it.each([
    [["record", "it"]],
    [["record", "one", "two", "--", "true"]],
    [["record", "--"]],
    [["record", "it", "--", ""]],
  ])("asks for the program after --: %j", async (args) => {
    const cwd = temporaryDirectory();
    const { status, stderr } = await cassette(args, { cwd });
    expect({ status, left: readdirSync(cwd) }).toEqual({ status: 2, left: [] });
    expect(stderr).toContain("cassette record demo.cassette -- git log");
  });

  it.each([
    [["--timeout", "0"], "A timeout is above 0"],
    [["--timeout", "5"], "A timeout names its unit"],
    [["--timeout", "30d"], "at most 24d"],
    [["--env", "TOKEN=hunter2"], "without a value"],
    [["--env", ""], "without a value"],
    [["--account", "a"], "two characters or more"],
    [["--account", ""], "two characters or more"],
    [["--term", "a/b"], "such as xterm-256color"],
    [["--mark-key", "Foo"], "CASSETTE_KEY_UNKNOWN"],
    [["--max-age", "3d"], "need --mode once"],
    [["--mode", "all", "--stale", "fail"], "need --mode once"],
  ])("refuses unusable options before anything starts: %j", async (options, words) => {
    const { outcome, cwd } = await recorded(options, ["true"]);
    expect({ status: outcome.status, left: readdirSync(cwd) }).toEqual({ status: 2, left: [] });
    expect(outcome.stderr).toContain(words);
    expect(outcome.stderr).not.toContain("hunter2");
  });

  it("draws emoji as --widths says, and the same in every later command", async () => {
    const print = ["printf", "👩\u200d💻x"];
    for (const [options, suffix, col] of [
      [[], "", 5],
      [["--widths", "graphemes"], ".graphemes", 3],
    ] as const) {
      const { cwd, path } = await recorded([...options], print);
      await expectDrawn(path, suffix, col);
      expect(await cassette(["verify", "--rerender", "it"], { cwd })).toMatchObject({ status: 0 });
      expect(await cassette(["scrub", "it", "-o", "again"], { cwd })).toMatchObject({ status: 0 });
      await expectDrawn(join(cwd, "again"), suffix, col);
    }
  });

  it.each([
    ["xterm-256color", undefined, []],
    ["xterm-256color", "dumb", []],
    ["xterm-256color", "screen", ["--headless"]],
    ["vt220", "dumb", ["--term", "vt220"]],
  ])("gives the program the TERM %s where the command's own is %s: %j", async (term, own, options) => {
    const cwd = temporaryDirectory();
    const env = { ...process.env, TERM: own, LINES: "7", COLUMNS: "7" };
    const program = ["sh", "-c", 'echo "$TERM$LINES$COLUMNS"'];
    await cassette(["record", "it", ...options, "--", ...program], { cwd, env });
    await using opened = await openCassette(join(cwd, "it"));
    expect(opened.manifest.terminal.term).toBe(term);
    expect(readFileSync(join(cwd, "it/output.raw"), "utf8")).toBe(`${term}\r\n`);
  });

  it("keeps a title, the idle limit, the policy of frames and names of variables in the manifest", async () => {
    const { path } = await recorded(
      [
        "-t",
        "A title",
        "-i",
        "2.5",
        "--frames",
        "interval:500ms",
        "--env",
        "PATH",
        "--env",
        "TERM",
        "--resolution",
        "10ms",
      ],
      ["echo", "hi"],
    );
    await using opened = await openCassette(path);
    expect(opened.manifest.optional?.cassette).toEqual({
      title: "A title",
      idle_time_limit_s: 2.5,
      frame_policy: { kind: "interval", interval_ms: 500 },
      binary_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(opened.manifest.harness).toEqual({
      name: "echo",
      binary_path_digest_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      captured_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(opened.manifest.command.env_allowlist).toEqual(["PATH", "TERM"]);
    expect(opened.manifest.timing.resolution_ms).toBe(10);
  });

  it("keeps as many screens as the policy says", async () => {
    const program = ["sh", "-c", "for i in 1 2 3; do echo $i; sleep 0.3; done"];
    const counts = async (policy: string) => {
      const { path } = await recorded(["--frames", policy], program);
      await using opened = await openCassette(path);
      return opened.counts;
    };
    const { frame, output } = await counts("chunk");
    expect(frame).toBe(output);
    expect(await counts("interval:1h")).toMatchObject({ frame: 1 });
  });

  it("merges facts of a file with what it observed", async () => {
    const facts = {
      harness: { name: "agent", account_class: "team" },
      quota: { source: "headers", status: "known" },
      discovery: { source: "list", status: "known", models: ["m1"] },
      final: { cost_usd: 0.25, final_text: "done", metadata: { case: "one" } },
    };
    const { path } = await recorded(["--manifest", "facts.json"], ["true"], {
      "facts.json": JSON.stringify(facts),
    });
    await using opened = await openCassette(path);
    expect(opened.manifest.harness).toMatchObject(facts.harness);
    expect(opened.manifest.command.argv).toEqual(["true"]);
    expect([opened.quota, opened.discovery]).toEqual([facts.quota, facts.discovery]);
    expect(opened.final).toMatchObject({ ...facts.final, exit: { Code: 0 } });
  });

  it.each(["[]", "{", '{"version": 1}'])("refuses an invalid facts file: %s", async (text) => {
    const { outcome } = await recorded(["--manifest", "facts.json"], ["true"], { "facts.json": text });
    expect(outcome).toMatchObject({ status: 2, stderr: expect.stringContaining("facts.json") });
  });

  it("records service events from a growing file", async () => {
    const program = [
      "sh",
      "-c",
      "sleep 0.2; echo '{\"turn\":2}' >> said; echo no json >> said; sleep 0.2; printf '{\"turn\":3}' >> said",
    ];
    const { path, outcome } = await recorded(["--service-events", "said"], program, { said: '{"turn":1}\n' });
    expect(outcome.stderr).toContain("1 line of the service events is not JSON");
    await using opened = await openCassette(path);
    const said = [];
    const times: number[] = [];
    for await (const { t_ms, payload } of opened.serviceEvents()) {
      said.push(JSON.parse(payload.json));
      times.push(t_ms);
    }
    expect(said).toEqual([{ turn: 1 }, { turn: 2 }, { turn: 3 }]);
    // No sooner than it was said; how much later is the machine's affair.
    expect(times[1]).toBeGreaterThanOrEqual(200);
    expect(times[2]).toBeGreaterThanOrEqual(400);
  });

  it("records what comes through a named pipe", async () => {
    const cwd = temporaryDirectory();
    execFileSync("mkfifo", [join(cwd, "pipe")]);
    const program = ["sh", "-c", 'echo \'{"from":"inside"}\' > pipe; sleep 0.2'];
    await cassette(["record", "it", "--service-events", "pipe", "--", ...program], { cwd });
    expect(readFileSync(join(cwd, "it/service-events.jsonl"), "utf8")).toContain('{"from":"inside"}');
  });

  it("refuses a directory of service events before the program starts", async () => {
    const cwd = temporaryDirectory();
    const args = ["record", "it", "--service-events", ".", "--", "touch", "ran"];
    expect(await cassette(args, { cwd })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("read from a file or a pipe"),
    });
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("does not wait for a pipe that has no writer", async () => {
    const cwd = temporaryDirectory();
    execFileSync("mkfifo", [join(cwd, "pipe")]);
    const args = ["record", "it", "--service-events", "pipe", "--", "true"];
    expect(await cassette(args, { cwd })).toMatchObject({ status: 0 });
  });

  it("holds the account's lock meanwhile, and scrubs the account", async () => {
    const cwd = temporaryDirectory();
    const args = ["--account", "acme-corp", "--lock-root", "locks"];
    const inner = "ls locks/locks | wc -l; echo acme-corp";
    await cassette(["record", "it", ...args, "--", "sh", "-c", inner], { cwd });
    expect(readFileSync(join(cwd, "it/output.raw"), "utf8")).toMatch(/^\s*1\r\n\*{9}\r\n$/);
    expect(readdirSync(join(cwd, "locks/locks"))).toEqual([]);
  });
});

describe("cassette doctor", () => {
  it("reports no problem on a machine that can record", async () => {
    const { status, stdout } = await cassette(["doctor", "--json"], {
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
    const findings = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(findings.map(({ check }) => check)).toEqual([
      "node",
      "pty",
      "emulator",
      "terminal",
      "modes",
      "locale",
      "git",
      "spools",
    ]);
    expect(findings.filter(({ state }) => state === "bad")).toEqual([]);
    expect(status).toBe(0);
  });

  it("says what to do about what it finds", async () => {
    const { status, stdout } = await cassette(["doctor"], { env: { ...process.env, LC_ALL: "C" } });
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("→ Programs may print"),
    });
  });
});
