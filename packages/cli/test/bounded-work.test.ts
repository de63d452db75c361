import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

/** 128 KB that switch screens at 500×500, and a token after them. */
const TOKEN = "ghp_k7Q0aBcDeFgHiJkLmNoPqRsTuVwXyZ012345";
const SWITCHES = "\x1b[?1049h\x1b[?1049l".repeat(8_192);

let dir: string;
const run = (...args: string[]) => cassette(args, { cwd: dir });

beforeAll(async () => {
  dir = temporaryDirectory();
  writeFileSync(join(dir, "hostile"), `before\r\n${SWITCHES}after ${TOKEN}\r\n`);
  const args = [
    "record",
    "--headless",
    "--window-size",
    "500x500",
    "hostile.cassette",
    "--",
    "cat",
    "hostile",
  ];
  const { status, stderr } = await run(...args);
  expect({ status, stderr }).toMatchObject({
    status: 0,
    stderr: expect.stringContaining("some screens not drawn"),
  });
}, 300_000);

describe("a recording that redraws whole screens in few bytes", () => {
  it("is sealed: scrubbed to the end, with frames up to where drawing stopped, and says so", async () => {
    const raw = readFileSync(join(dir, "hostile.cassette/output.raw"), "latin1");
    expect(raw).toContain("after ");
    expect(raw).not.toContain(TOKEN);
    const manifest = JSON.parse(readFileSync(join(dir, "hostile.cassette/manifest.json"), "utf8"));
    expect(manifest.optional.cassette.drawing_stopped_at).toBeLessThan(131_072);
    const report = JSON.parse(readFileSync(join(dir, "hostile.cassette/scrub-report.json"), "utf8"));
    expect(report.skipped["frames.jsonl"]).toMatch(/^Screens after byte \d+ of the output were not drawn\.$/);
    expect(await run("verify", "--rerender", "hostile.cassette")).toMatchObject({
      status: 0,
      stderr: `hostile.cassette: drawing stopped after byte ${manifest.optional.cassette.drawing_stopped_at}; no frames follow\n`,
    });
    expect(await run("scrub", "hostile.cassette", "-o", "again.cassette")).toMatchObject({ status: 0 });
    expect(await run("scrub", "--check", "hostile.cassette")).toMatchObject({ status: 0 });
  });

  it.each([
    ["play", "hostile.cassette"],
    ["grep", "nowhere", "hostile.cassette", "--in", "screen"],
    ["diff", "hostile.cassette", "hostile.cassette"],
  ])("ends commands that draw it with an error about the drawing: %s", async (...args) => {
    const { status, stderr } = await run(...args);
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: expect.stringContaining("CASSETTE_DRAWING_TOO_COSTLY"),
    });
  });

  it("can be read without its screens", async () => {
    expect(await run("grep", "-F", "after", "hostile.cassette", "--in", "output")).toMatchObject({
      status: 0,
    });
    expect(await run("cat", "hostile.cassette")).toMatchObject({ status: 0 });
  });

  it("fails a script that waits for its screen, and keeps the recording", async () => {
    writeFileSync(join(dir, "wait.yaml"), "- wait: { screen: never, timeoutMs: 2m }\n");
    const args = [
      "record",
      "-q",
      "--headless",
      "--window-size",
      "500x500",
      "--script",
      "wait.yaml",
      "w.cassette",
    ];
    const { status, stderr } = await run(...args, "--", "sh", "-c", "cat hostile; sleep 20");
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: expect.stringContaining("wait.yaml:1: Step 1: Drawing stopped"),
    });
    expect(readdirSync(dir).some((name) => name.startsWith(".w.cassette.spool-"))).toBe(true);
  });
});

describe("a recording that changes large screens in few bytes", () => {
  it("is sealed with fewer screens checked between frames, and says so", async () => {
    const rows = Array.from(
      { length: 2_000 },
      (_, row) => `\x1b[10;1H${String(row).padStart(24, "0")}\x1b[A`,
    );
    writeFileSync(join(dir, "rising"), rows.join(""));
    const size = ["--window-size", "500x500"];
    const { status, stderr } = await run(
      "record",
      "--headless",
      ...size,
      "rising.cassette",
      "--",
      "cat",
      "rising",
    );
    expect({ status, stderr }).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("some screens not scanned"),
    });
    const report = JSON.parse(readFileSync(join(dir, "rising.cassette/scrub-report.json"), "utf8"));
    expect(report).toMatchObject({ status: "clean", skipped: { screens: expect.any(String) } });
    expect(await run("verify", "--rerender", "rising.cassette")).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("a pattern that backtracks", () => {
  const AS = "printf '%040d!' 0 | tr 0 a; touch printed";
  /** Exponentially many ways to fail, with and without an unbounded repetition. */
  const PATTERNS = [
    ["a nested repetition", "^(a+)+$"],
    ["many optional characters", `^${"a?".repeat(40)}${"a".repeat(40)}$`],
  ] as const;

  it.each(PATTERNS)(
    "fails its wait in time, names the step, and keeps the recording: %s",
    async (_, source) => {
      const folder = temporaryDirectory();
      writeFileSync(join(folder, "re.yaml"), `- wait: { screen: "/${source}/", timeoutMs: 1000 }\n`);
      const args = ["record", "--headless", "--script", "re.yaml", "re.cassette", "--"];
      const { status, stderr } = await cassette([...args, "sh", "-c", `${AS}; sleep 60`], { cwd: folder });
      expect(status).toBe(4);
      expect(stderr).toMatch(
        /re\.yaml:1: Step 1: Testing \/.+\/ took longer than \d+ ms\. \[CASSETTE_WAIT_FAILED\]/,
      );
      expect(stderr).toContain("cassette recover");
    },
  );

  it.each(PATTERNS)("leaves the recorder able to hear SIGTERM: %s", async (_, source) => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, "long.yaml"), `- wait: { screen: "/${source}/", timeoutMs: 60000 }\n`);
    const args = ["record", "-q", "--headless", "--script", "long.yaml", "long.cassette", "--"];
    const { status } = await cassette([...args, "sh", "-c", `${AS}; sleep 60`], {
      cwd: folder,
      onStart: killOnceThereIs(join(folder, "printed")),
    });
    expect(status).toBe(143);
    expect(existsSync(join(folder, "long.cassette/manifest.json"))).toBe(true);
  });

  describe("in a scenario", () => {
    let folder: string;

    beforeAll(async () => {
      folder = temporaryDirectory();
      await cassette(["record", "-q", "--headless", "as.cassette", "--", "sh", "-c", AS], { cwd: folder });
      const scenario = (key: string) =>
        `name: a\ncassette_path: as.cassette\ngroups:\n  end:\n    - { type: frame_matches, ${key}: ^(a+)+$ }\n`;
      writeFileSync(join(folder, "a.yaml"), scenario("pattern"));
      writeFileSync(join(folder, "escaped.yaml"), scenario('"p\\x61ttern"'));
    }, 120_000);

    it("fails that scenario with an error", async () => {
      const { status, stderr } = await cassette(["test", "escaped.yaml"], { cwd: folder });
      expect(status).toBe(3);
      expect(stderr).toMatch(/yaml: The scenario made no progress .*\[CASSETTE_SEARCH_STALLED\]/);
    });

    it("leaves the command able to hear SIGTERM", async () => {
      const { status } = await cassette(["test", "a.yaml"], {
        cwd: folder,
        onStart: killOnceThereIs(join(folder, "printed")),
      });
      expect(status).not.toBe(3);
    });
  });
});

/** Ends a command a moment after a file has appeared. */
function killOnceThereIs(path: string) {
  return async (kill: (signal: NodeJS.Signals) => void) => {
    while (!existsSync(path)) await sleep(20);
    await sleep(1_000);
    kill("SIGTERM");
  };
}
