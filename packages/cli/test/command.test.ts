import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, cpSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMAND, cassette, temporaryDirectory } from "./cassette.js";

const GO_CASSETTES = join(import.meta.dirname, "../../format/conformance/go-v1/cassettes");
const LESS = join(GO_CASSETTES, "real-less");

describe("cassette", () => {
  it("prints the bare version", async () => {
    expect(await cassette(["--version"])).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: "",
    });
  });

  it.each([[["--help"]], [["record", "--help"]], [["help", "play"]], [["help", "stub", "install"]]])(
    "shows help for %j",
    async (args) => {
      const outcome = await cassette(args);
      expect(outcome).toMatchObject({ status: 0, stderr: "" });
      expect(outcome.stdout).toMatch(/^Usage: cassette.*Example/s);
    },
  );

  it("starts where Node cannot require modules, as before 22.12", () => {
    const options = ["--no-experimental-require-module", COMMAND];
    expect(spawnSync(process.execPath, [...options, "info", LESS], { encoding: "utf8" })).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  it("completes a command's name that only one begins with", async () => {
    const { status, stdout } = await cassette(["verif", "--json", LESS]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  });

  it.each([
    [["recrod"], "Did you mean record?"],
    [["re"], "unknown command 're'"],
    [["record", "x", "ls", "-la"], "own options come after `--`"],
    [["verfy", "x"], "Did you mean verify?"],
    [["help", "verfy"], "Did you mean verify?"],
    [["stub", "install", "x"], "Try `cassette stub install --help`"],
    [["record", "x", "--scirpt", "y", "--", "true"], "Did you mean --script?"],
    [["record"], "Name the program after `--`"],
    [["record", "x"], "CASSETTE_USAGE"],
    [["record", "x", "--window-size", "big", "--", "true"], "COLSxROWS"],
    [["record", "x", "--script", "missing.yaml", "--", "true"], "missing.yaml: The script cannot be read."],
    [["play", "nowhere"], "CASSETTE_NOT_FOUND"],
    [["play", LESS, "--mode", "warp"], "Allowed choices are realtime, scaled, collapsed"],
    [["play", LESS, "-s", "0"], "A speed is a number above 0."],
    [["events", "nowhere"], "CASSETTE_NOT_FOUND"],
    [["frames", "nowhere"], "CASSETTE_NOT_FOUND"],
    [["frames", "x", "--at", "soon"], "A time is seconds or minutes:seconds"],
    [["play", LESS, "--from", "soon"], "A time is seconds or minutes:seconds"],
    [["frames", LESS, "--at", "1", "--last"], "cannot be used with option '--last'"],
    [["play", LESS, "--from", "2", "--to", "1"], "--from is after --to."],
    [["record", "--mode", "once", "--", "true"], "say the directory of the recording"],
    [["stub", LESS, "--timeout", "30d"], "A timeout is above 0 and at most 24d."],
    [["info", "nowhere"], "CASSETTE_NOT_FOUND"],
    [["cat", "nowhere"], "CASSETTE_NOT_FOUND"],
    [["diff", LESS, "nowhere"], "CASSETTE_NOT_FOUND"],
  ])("reports a usage error with status 2 and a hint: %j", async (args, words) => {
    const outcome = await cassette(args, { cwd: temporaryDirectory() });
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toContain(words);
  });
});

describe("cassette verify", () => {
  it("prints a line for each cassette, good or bad", async () => {
    const bad = join(temporaryDirectory(), "bad");
    cpSync(LESS, bad, { recursive: true });
    writeFileSync(join(bad, "output.raw"), "tampered");
    const outcome = await cassette(["verify", LESS, bad, join(GO_CASSETTES, "minimal")]);
    expect(outcome.status).toBe(1);
    const [first, second, third] = outcome.stdout.trimEnd().split("\n");
    expect(first).toMatch(/^ok \S+real-less \S+ \d+ \d+$/);
    expect(second).toMatch(/^bad \S+bad CASSETTE_DIGEST_MISMATCH \S*output\.raw /);
    expect(third).toMatch(/^ok \S+minimal minimal \d+ \d+$/);
  });

  it("prints the same as JSON", async () => {
    const good = await cassette(["verify", "--json", LESS]);
    expect(JSON.parse(good.stdout)).toMatchObject({ path: LESS, ok: true, integrity: "absent", error: null });
    const missing = await cassette(["verify", "--json", "nowhere"]);
    expect(missing.status).toBe(2);
    expect(JSON.parse(missing.stdout)).toMatchObject({
      path: "nowhere",
      ok: false,
      error: { code: "CASSETTE_NOT_FOUND", line: null },
    });
  });
});

describe("cassette events", () => {
  it("lists every record under its kind, in order", async () => {
    const { stdout, status } = await cassette(["events", "--json", LESS]);
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const expected = JSON.parse(readFileSync(`${LESS}.expected.json`, "utf8")).events as {
      seq: number;
      t_ms: number;
      kind: string;
    }[];
    expect(status).toBe(0);
    expect(events.map(({ seq, t_ms, kind }) => [seq, t_ms, kind])).toEqual(
      expected.map(({ seq, t_ms, kind }) => [seq, t_ms, kind]),
    );
    for (const event of events) expect(event[event.kind].seq).toBe(event.seq);
  });

  it("ends quietly when its reader has seen enough", async () => {
    const shell = `'${process.execPath}' '${COMMAND}' events --json '${LESS}' | head -n 1`;
    expect(execFileSync("bash", ["-o", "pipefail", "-c", shell], { encoding: "utf8" })).toMatch(
      /^\{"seq":1,.*\}\n$/,
    );
  });
});

describe("cassette, given arguments that hold escape sequences", () => {
  it.each([
    ["\x1b]0;F\x07"],
    ["--\x1b[31m"],
    ["info", "\x1b[2J"],
    ["info", LESS, "--\u202eno"],
    ["info", LESS, "second\x07"],
    ["grep", "x", LESS, "--in", "\x1bscreen"],
    ["record", "--frames", "\x1b[1m", "--", "true"],
    ["record", "--mode", "\x9bal", "x"],
    ["help", "\x1b[8m"],
    ["recod\n::warning::x"],
  ])("shows them escaped: %j", async (...args) => {
    const { status, stdout, stderr } = await cassette(args, { cwd: temporaryDirectory() });
    expect(status).not.toBe(0);
    expect(stdout + stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]|^::/m);
  });
});

describe("cassette, in a directory that was deleted", () => {
  it.each([["info", LESS], ["record", "-q", "--headless", "c", "--", "true"], ["verify", LESS], ["doctor"]])(
    "ends with an error of its own: %s",
    (...args) => {
      const dir = join(temporaryDirectory(), "gone");
      const script = 'mkdir "$1" && cd "$1" && rmdir "$1" && shift && exec "$@"';
      const words = ["-c", script, "-", dir, process.execPath, COMMAND, ...args];
      const { status, stderr } = spawnSync("bash", words, { encoding: "utf8" });
      expect({ status, stderr }).toEqual({
        status: 3,
        stderr: expect.stringContaining("CASSETTE_CWD_INVALID"),
      });
      expect(stderr).not.toContain("    at ");
    },
  );
});

describe.skipIf(!existsSync("/dev/full"))("cassette, where its output finds no room", () => {
  const TO_BE_READ = ["info", "cat", "events", "verify", "play"].map((name) => [name, LESS]);

  it.each([["--version"], ["--help"], ["completion", "bash"], ...TO_BE_READ])(
    "reports a full disk as a failure: %s",
    (...args) => {
      const words = [COMMAND, ...args];
      const full = openSync("/dev/full", "w");
      const { status, stderr } = spawnSync(process.execPath, words, {
        stdio: ["ignore", full, "pipe"],
        encoding: "utf8",
      });
      closeSync(full);
      expect(status).toBe(3);
      // The version is printed before anything is loaded that could print an error.
      if (args[0] === "--version") expect(stderr).toBe("");
      else expect(stderr).toMatch(/^cassette: .*\[CASSETTE_WRITE_FAILED\]\n {2}.*\n$/);
    },
  );

  it("keeps its exit status when standard error is full too", () => {
    const full = openSync("/dev/full", "w");
    const { status } = spawnSync(process.execPath, [COMMAND, "play", "nowhere"], {
      stdio: ["ignore", "pipe", full],
    });
    closeSync(full);
    expect(status).toBe(2);
  });
});

describe("cassette frames", () => {
  it("prints the last screen, or the records as they are stored", async () => {
    const stored = readFileSync(join(LESS, "frames.jsonl"), "utf8");
    const all = await cassette(["frames", "--json", LESS]);
    expect(all).toEqual({ status: 0, stdout: stored, stderr: "" });
    const last = await cassette(["frames", "--json", "--last", LESS]);
    expect(last.stdout).toBe(`${stored.trimEnd().split("\n").at(-1)}\n`);
  });

  it("says why there is none to show", async () => {
    expect(await cassette(["frames", join(GO_CASSETTES, "defaults")])).toEqual({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(/defaults: The cassette has no frames\.\n$/),
    });
    expect(await cassette(["frames", join(GO_CASSETTES, "minimal"), "--at", "0"])).toEqual({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(/No frame yet: the first is at 0\.200s\.\n$/),
    });
  });
});

describe("cassette play", () => {
  it("prints the last screen into a pipe, and no escape sequence", async () => {
    const { status, stdout } = await cassette([
      "play",
      join(GO_CASSETTES, "synthetic-full"),
      "--mode",
      "collapsed",
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain("hi");
    expect(stdout).not.toMatch(/[^\n\P{Cc}]/u);
  });
});
