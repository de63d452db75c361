import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openCassette } from "@cassette/core/reader";
import { cassetteExtras } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const LESS = join(import.meta.dirname, "../../format/conformance/go-v1/cassettes/real-less");
const TOKEN = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";

/** Writes a `.cast` into a new folder. */
function cast(...events: unknown[]): string {
  const header = { version: 2, width: 60, height: 10, timestamp: 1_700_000_000, title: "Demo" };
  const path = join(temporaryDirectory(), "demo.cast");
  writeFileSync(path, [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join(""));
  return path;
}

const OUTPUT = [0.5, "o", "$ make test\r\n"];
const LAST = [1.5, "o", "\u001b[32m12 tests passed\u001b[m\r\n"];
const has = (program: string) => spawnSync("which", [program]).status === 0;
const isRoundTrip = (events: unknown[]) => events.map((event) => JSON.stringify(event));

describe("cassette convert, into a cassette", () => {
  it("seals a verified cassette that says where it is from", async () => {
    const source = cast(OUTPUT, [1, "r", "80x20"], [1.25, "m", "here"], LAST);
    const target = join(temporaryDirectory(), "new/demo.cassette");
    const { status, stderr } = await cassette(["convert", source, target]);
    expect([status, stderr]).toEqual([0, `${target}: converted from asciicast-v2, no redactions.\n`]);
    await using made = await openCassette(target, { integrity: "required" });
    expect(made.counts).toMatchObject({ output: 2, input: 1, "service-event": 1 });
    expect(made.counts.frame).toBeGreaterThan(0);
    expect(made.final.exit).toBeUndefined();
    const { provenance, terminal, command } = made.manifest;
    expect([provenance.os, provenance.recorded_at]).toEqual(["unknown", "2023-11-14T22:13:20Z"]);
    expect([terminal.initial_rows, terminal.initial_cols, command.argv]).toEqual([10, 60, undefined]);
    const digest = createHash("sha256").update(readFileSync(source)).digest("hex");
    expect(cassetteExtras(made.manifest)).toMatchObject({
      title: "Demo",
      source: { format: "asciicast-v2" },
      source_sha256: digest,
    });
  });

  it("masks secrets, and then notes no digest of the source", async () => {
    const source = cast([0.1, "o", `token ${TOKEN.slice(0, 20)}`], [0.2, "o", `${TOKEN.slice(20)}\r\n`]);
    const target = join(temporaryDirectory(), "demo.cassette");
    expect(await cassette(["convert", source, target])).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("1 redaction"),
    });
    await using made = await openCassette(target);
    expect(cassetteExtras(made.manifest).source_sha256).toBeUndefined();
    for (const name of readdirSync(target))
      expect(readFileSync(join(target, name), "utf8")).not.toContain(TOKEN.slice(20));
    const plain = join(temporaryDirectory(), "plain.cassette");
    expect((await cassette(["convert", source, plain, "--no-scrub"])).stderr).toContain("not scrubbed");
    await using unscrubbed = await openCassette(plain);
    expect(unscrubbed.scrubReport.status).toBe("not-run");
    expect(cassetteExtras(unscrubbed.manifest).source_sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("notes no digest where a typed password was withheld", async () => {
    const source = cast(
      [0.1, "o", "Password: "],
      [0.5, "i", "hunter2secret"],
      [0.9, "i", "\r"],
      [1, "o", "\r\nwelcome\r\n"],
    );
    const target = join(temporaryDirectory(), "demo.cassette");
    expect(await cassette(["convert", source, target])).toMatchObject({ status: 0 });
    await using made = await openCassette(target);
    expect(cassetteExtras(made.manifest).source_sha256).toBeUndefined();
    expect(readFileSync(join(target, "input.jsonl"), "utf8")).toContain('"withheld":true');
  });

  it("reports losses in words and as JSON, and refuses them on request", async () => {
    const source = cast([0.1234, "o", "a"], [0.2, "r", "0x0"]);
    const dir = temporaryDirectory();
    const [target, report] = [join(dir, "a.cassette"), join(dir, "report.json")];
    const { stderr } = await cassette(["convert", source, target, "--report", report]);
    expect(stderr).toContain(
      "  dropped: resizes (1 event)\n  rounded: times finer than the target's resolution (1 event)\n",
    );
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({
      source: { path: source, format: "asciicast-v2" },
      losses: [
        { name: "resizes", kind: "dropped", count: 1 },
        { name: "rounded-times", kind: "rounded", count: 1 },
      ],
    });
    const strict = await cassette(["convert", source, join(dir, "b.cassette"), "--strict"]);
    expect(strict).toMatchObject({ status: 1, stderr: expect.stringContaining("CASSETTE_CONVERSION_LOSSY") });
    expect(readdirSync(dir).sort()).toEqual(["a.cassette", "report.json"]);
  });

  it("takes the size from the user where the source says none", async () => {
    const dir = temporaryDirectory();
    const source = join(dir, "a.cast");
    writeFileSync(source, '{"version":2,"width":0,"height":0,"timestamp":1700000000}\n[0,"o","a"]\n');
    const guessed = await cassette(["convert", source, join(dir, "a.cassette")]);
    expect(guessed.stderr).toContain("guessed: a size that the source does not say");
    const asked = await cassette(["convert", source, join(dir, "b.cassette"), "--window-size", "90x30"]);
    expect(asked.stderr).not.toContain("guessed");
    await using made = await openCassette(join(dir, "b.cassette"));
    expect(made.manifest.terminal).toMatchObject({ initial_rows: 30, initial_cols: 90 });
  });

  it("names file and line of a malformed source, and leaves nothing", async () => {
    const source = cast(OUTPUT, [1, "o"], LAST);
    const dir = temporaryDirectory();
    const outcome = await cassette(["convert", source, join(dir, "a.cassette")]);
    expect(outcome).toMatchObject({ status: 1, stderr: expect.stringContaining(`${source}:3: `) });
    expect(readdirSync(dir)).toEqual([]);
  });

  it("reads standard input, and refuses what is a cassette already", async () => {
    const target = join(temporaryDirectory(), "a.cassette");
    const stdin = readFileSync(cast(OUTPUT));
    expect(await cassette(["convert", "-", target, "-q"], { stdin })).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
    expect(await cassette(["convert", target, `${target}2`, "--format", "cassette"])).toMatchObject({
      status: 2,
    });
  });

  it("leaves nothing when it is interrupted", async () => {
    const source = cast(
      ...Array.from({ length: 60_000 }, (_, n) => [n / 100, "o", `line ${n} of a long recording\r\n`]),
    );
    const dir = temporaryDirectory();
    const isWorking = () => readdirSync(dir).some((name) => name.includes(".spool-"));
    const outcome = await cassette(["convert", source, join(dir, "a.cassette")], {
      onStart(kill) {
        const timer = setInterval(() => {
          if (!isWorking()) return;
          clearInterval(timer);
          kill("SIGINT");
        }, 5);
      },
    });
    expect(outcome.status).toBe(130);
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe("cassette convert, to other tools", () => {
  it("writes asciicast v2 and v3 that read back the same", async () => {
    const events = [OUTPUT, [1, "r", "80x20"], [1.25, "m", "here"], [1.3, "i", "q"], LAST];
    const dir = temporaryDirectory();
    const made = join(dir, "a.cassette");
    expect(await cassette(["convert", cast(...events), made, "-q"])).toMatchObject({ status: 0 });
    for (const format of ["asciicast-v2", "asciicast-v3"]) {
      const written = join(dir, `${format}.cast`);
      await cassette(["convert", made, written, "--format", format, "--input", "-q"]);
      const again = join(dir, `${format}.again.cast`);
      await cassette(["convert", written, again, "--input", "-q"]);
      const lines = readFileSync(again, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown);
      expect(isRoundTrip(lines.slice(1))).toEqual(isRoundTrip(events));
      expect(lines[0]).toMatchObject({ width: 60, height: 10, title: "Demo", timestamp: 1_700_000_000 });
    }
  });

  it("leaves input out unless it is asked for, and says so", async () => {
    const outcome = await cassette(["convert", LESS, "-", "--format", "asciicast-v2"]);
    expect(outcome.stderr).toMatch(/dropped: input; ask for it with --input \(\d+ events\)/);
    expect(outcome.stdout).not.toContain('"i"');
  });

  it("keeps an existing file, and half a file under no name", async () => {
    const source = cast(OUTPUT);
    const out = join(temporaryDirectory(), "a.ttyrec");
    writeFileSync(out, "mine");
    expect(await cassette(["convert", source, out])).toMatchObject({ status: 2 });
    expect(readFileSync(out, "utf8")).toBe("mine");
    expect(await cassette(["convert", cast(OUTPUT, ["bad"]), out, "--overwrite"])).toMatchObject({
      status: 1,
    });
    expect([readFileSync(out, "utf8"), readdirSync(join(out, "..")).length]).toEqual(["mine", 1]);
  });
});

/** The bytes that a recording's program has printed. */
const RAW = readFileSync(join(LESS, "output.raw"));

describe("other tools play what convert writes", () => {
  it.skipIf(!has("asciinema"))("asciinema: the same bytes", async () => {
    const out = join(temporaryDirectory(), "a.cast");
    await cassette(["convert", LESS, out, "-q"]);
    // It wants a terminal.
    const env = { ...process.env, TERM: "xterm-256color", LC_ALL: "C.UTF-8" };
    const run = (command: string) => spawnSync("script", ["-qec", command, "/dev/null"], { env });
    expect(run(`asciinema cat ${out} > ${out}.bytes`).status).toBe(0);
    expect(readFileSync(`${out}.bytes`)).toEqual(RAW);
    const played = run(`asciinema play -s 1000 -i 0.01 ${out}`);
    expect(played.status).toBe(0);
    expect(played.stdout.toString()).toContain("less-line-001: pager fixture text");
  });

  it.skipIf(!has("ttyplay"))("ttyplay: the same bytes", async () => {
    const out = join(temporaryDirectory(), "a.ttyrec");
    await cassette(["convert", LESS, out, "-q"]);
    expect(execFileSync("ttyplay", ["-n", out])).toEqual(RAW);
  });

  it.skipIf(!has("scriptreplay"))(
    "scriptreplay: the same bytes, with input and resizes beside them",
    async () => {
      const out = join(temporaryDirectory(), "a.typescript");
      await cassette(["convert", LESS, out, "--input", "-q"]);
      const timing = out.replace(".typescript", ".timing");
      const replay = ["--divisor", "1000000", "--log-timing", timing, "--log-io", out];
      // It ends with a line end of its own.
      expect(execFileSync("scriptreplay", [...replay, "--stream", "out"])).toEqual(
        Buffer.concat([RAW, Buffer.from("\n")]),
      );
      const back = join(temporaryDirectory(), "back.cassette");
      await cassette(["convert", out, back, "--timing", timing, "--no-scrub", "-q"]);
      expect(readFileSync(join(back, "output.raw"))).toEqual(RAW);
    },
  );

  it.skipIf(!has("script"))("and script's own recordings are read, with their exit", async () => {
    const dir = temporaryDirectory();
    const [out, timing, made] = ["a.typescript", "timing", "a.cassette"].map((name) => join(dir, name)) as [
      string,
      string,
      string,
    ];
    const logs = ["--log-io", out, "--log-timing", timing];
    spawnSync("script", ["-qe", ...logs, "-c", "printf 'one\\ntwo\\n'; exit 3"], { stdio: "ignore" });
    expect(await cassette(["convert", out, made, "--timing", timing, "-q"])).toMatchObject({ status: 0 });
    await using opened = await openCassette(made);
    expect(readFileSync(join(made, "output.raw"), "utf8")).toBe("one\r\ntwo\r\n");
    expect(opened.final.exit?.Code).toBe(3);
  });
});

describe("commands that read", () => {
  it("take a .cast directly, and say that it is not scrubbed", async () => {
    const source = cast(OUTPUT, [1, "m", "here"], LAST);
    const note = `${source}: read as asciicast-v2; secrets are not masked.\n`;
    const run = async (...args: string[]) => {
      const { status, stdout, stderr } = await cassette(args);
      expect([args[0], status, stderr]).toEqual([args[0], 0, note]);
      return stdout;
    };
    expect(await run("play", source)).toContain("12 tests passed");
    expect(await run("info", source)).toContain("Demo");
    expect(await run("events", source)).toContain("cassette.mark");
    expect(await run("frames", source, "--last")).toContain("12 tests passed");
    expect(await run("cat", source)).toContain("12 tests passed");
    expect(await run("grep", "passed", source)).toMatch(/^1\.500s #\d+ screen 2:10: 12 tests passed$/m);
    const page = join(temporaryDirectory(), "a.html");
    await run("view", source, "-o", page);
    expect(readFileSync(page, "utf8")).toContain("<title>Demo");
    expect(await cassette(["view", source, "-o", page, "--overwrite", "--evidence"])).toMatchObject({
      status: 2,
    });
    const made = join(temporaryDirectory(), "a.cassette");
    await cassette(["convert", source, made, "-q"]);
    expect(await run("diff", source, made)).toBe("");
    const scenario = join(temporaryDirectory(), "a.yaml");
    writeFileSync(
      scenario,
      `name: demo\ncassette_path: ${source}\ngroups:\n  all:\n    - { type: frame_eventually_contains, text: 12 tests passed }\n`,
    );
    expect(await run("test", scenario)).toContain("1 scenario, all passed");
  });

  it("leave nothing in the folder for temporary files", async () => {
    const source = cast(OUTPUT, LAST);
    const TMPDIR = temporaryDirectory();
    await cassette(["play", source], { env: { ...process.env, TMPDIR } });
    expect(readdirSync(TMPDIR).filter((name) => name.startsWith("cassette-"))).toEqual([]);
    expect(existsSync(source)).toBe(true);
  });
});
