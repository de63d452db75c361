import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { InputRecord } from "@cassette/format";
import { parseInputRecord } from "@cassette/format/schema";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const PASSWORD = "correct horse battery staple";

function script(dir: string, steps: object[]): string {
  const file = join(dir, "script.json");
  writeFileSync(file, JSON.stringify(steps));
  return file;
}

function inputsOf(target: string): InputRecord[] {
  const text = readFileSync(join(target, "input.jsonl"), "utf8");
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => parseInputRecord(line, { file: "input.jsonl" }));
}

const finalOf = (target: string) => JSON.parse(readFileSync(join(target, "final.json"), "utf8"));

describe("cassette record", () => {
  it("exits with 0 whatever the program's status, and with --return passes it on", async () => {
    const dir = temporaryDirectory();
    const program = ["--", "sh", "-c", "exit 7"];
    expect(await cassette(["record", join(dir, "a"), ...program])).toMatchObject({ status: 0, stdout: "" });
    expect(await cassette(["record", join(dir, "b"), "--return", ...program])).toMatchObject({ status: 7 });
    expect(
      await cassette(["record", join(dir, "c"), "--return", "--", "sh", "-c", "kill -TERM $$"]),
    ).toMatchObject({ status: 143 });
  });

  it("says in the report when nothing was scrubbed", async () => {
    const target = join(temporaryDirectory(), "it");
    await cassette(["record", "--no-scrub", target, "--", "true"]);
    expect(JSON.parse(readFileSync(join(target, "scrub-report.json"), "utf8"))).toEqual({
      status: "not-run",
      rules: [],
      hit_counts: {},
    });
  });

  it("writes the digest of every file into the manifest", async () => {
    const target = join(temporaryDirectory(), "it");
    await cassette(["record", target, "--", "true"]);
    const { stdout } = await cassette(["verify", "--json", target]);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, integrity: "verified" });
    appendFileSync(join(target, "service-events.jsonl"), "\n");
    const tampered = await cassette(["verify", target]);
    expect(tampered).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("CASSETTE_INTEGRITY_MISMATCH"),
    });
  });

  it("refuses an existing target and keeps it; replaces it only with --overwrite", async () => {
    const target = join(temporaryDirectory(), "it");
    await cassette(["record", target, "--", "echo", "first"]);
    const again = await cassette(["record", target, "--", "echo", "second"]);
    expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining("CASSETTE_TARGET_EXISTS") });
    expect(readFileSync(join(target, "output.raw"), "utf8")).toBe("first\r\n");
    expect(await cassette(["record", target, "--overwrite", "--", "echo", "third"])).toMatchObject({
      status: 0,
    });
    expect(readFileSync(join(target, "output.raw"), "utf8")).toBe("third\r\n");
  });

  it("leaves no files when the program cannot be started", async () => {
    const dir = temporaryDirectory();
    const outcome = await cassette(["record", join(dir, "it"), "--", "no-such-program"]);
    expect(outcome).toMatchObject({
      status: 3,
      stderr: expect.stringContaining("CASSETTE_PROGRAM_NOT_FOUND"),
    });
    expect(readdirSync(dir)).toEqual([]);
  });

  it("makes no cassette when a wait fails, shows the last screen and keeps what was recorded", async () => {
    const dir = temporaryDirectory();
    const file = script(dir, [{ wait: { screen: "never", timeoutMs: 300 } }]);
    const outcome = await cassette([
      "record",
      join(dir, "it"),
      "--script",
      file,
      "--",
      "sh",
      "-c",
      "echo here instead; sleep 60",
    ]);
    expect(outcome).toMatchObject({
      status: 4,
      stderr: expect.stringContaining(`${file}:1: Step 1: "never" did not appear`),
    });
    expect(outcome.stderr).toContain("\nhere instead\n");
    const spools = readdirSync(dir).filter((name) => name !== "script.json");
    expect(spools).toEqual([expect.stringMatching(/^\.it\.spool-/)]);
    expect(outcome.stderr).toContain(spools[0]);
  });

  it("fails a wait as soon as the program has ended", async () => {
    const dir = temporaryDirectory();
    const file = script(dir, [{ wait: "never" }]);
    const outcome = await cassette(["record", join(dir, "it"), "--script", file, "--", "true"]);
    expect(outcome).toMatchObject({ status: 4, stderr: expect.stringContaining("The program ended before") });
  });

  it("records keys by name, resizes and marks", async () => {
    const dir = temporaryDirectory();
    const target = join(dir, "it");
    const file = script(dir, [
      { wait: "$ " },
      { resize: "100x30" },
      { mark: "resized" },
      { type: "stty size" },
      { press: "Enter" },
      { wait: "30 100" },
      { press: "C-d" },
    ]);
    const outcome = await cassette(["record", target, "--script", file, "--", "sh", "-i"], {
      env: { ...process.env, PS1: "$ ", ENV: "" },
    });
    expect(outcome).toMatchObject({ status: 0 });
    expect(inputsOf(target)).toEqual([
      expect.objectContaining({ kind: "resize", size: { Rows: 30, Cols: 100 } }),
      expect.objectContaining({ kind: "input", bytes: new TextEncoder().encode("stty size") }),
      expect.objectContaining({ kind: "input", key: "enter", bytes: new Uint8Array([13]) }),
      expect.objectContaining({ kind: "input", key: "ctrl-d", bytes: new Uint8Array([4]) }),
    ]);
    expect(readFileSync(join(target, "service-events.jsonl"), "utf8")).toContain(
      '{"label":"resized","type":"cassette.mark"}',
    );
  });

  it("withholds what is typed at a password prompt", async () => {
    const dir = temporaryDirectory();
    const target = join(dir, "it");
    const file = script(dir, [
      { wait: "Password:" },
      { type: PASSWORD },
      { press: "Enter" },
      { wait: "thank you" },
      { type: "shown" },
      { press: "Enter" },
    ]);
    const program = "import getpass; getpass.getpass('Password:'); print('thank you'); input()";
    const outcome = await cassette(["record", target, "--script", file, "--", "python3", "-c", program]);
    expect(outcome).toMatchObject({ status: 0 });
    expect(
      inputsOf(target).map(({ withheld, bytes }) => withheld ?? new TextDecoder().decode(bytes)),
    ).toEqual([true, "shown", "\r"]);
    for (const name of readdirSync(target)) {
      expect(readFileSync(join(target, name), "utf8")).not.toContain(PASSWORD);
    }
  });

  it("answers the program's terminal queries, and records each reply as an answer", async () => {
    const target = join(temporaryDirectory(), "it");
    const program = "stty raw -echo; printf 'abc\\033[6n'; head -c 6 | od -c; stty sane";
    expect(await cassette(["record", target, "--timeout", "20s", "--", "sh", "-c", program])).toMatchObject({
      status: 0,
    });
    expect(inputsOf(target)).toEqual([
      expect.objectContaining({ answer: true, bytes: new TextEncoder().encode("\u001b[1;4R") }),
    ]);
  });

  it("ends at once when it is interrupted twice, and says how to continue", async () => {
    const dir = temporaryDirectory();
    const ignoring = "trap '' HUP TERM INT; echo up; touch up; for n in 1 2 3 4 5 6; do sleep 1; done";
    const started = async () => {
      while (!existsSync(join(dir, "up"))) await sleep(20);
    };
    const { status, stderr } = await cassette(["record", "it", "--", "sh", "-c", ignoring], {
      cwd: dir,
      onStart: (kill) =>
        void started()
          .then(() => kill("SIGINT"))
          .then(() => sleep(200))
          .then(() => kill("SIGINT")),
    });
    expect(status).toBe(130);
    expect(stderr).toContain("cassette recover it");
    expect(readdirSync(dir)).toEqual([expect.stringMatching(/^\.it\.spool-/), "up"]);
    expect(await cassette(["recover", "it"], { cwd: dir })).toMatchObject({ status: 0 });
  });

  it("keeps what was recorded when it is interrupted, marks it and exits with 130", async () => {
    const target = join(temporaryDirectory(), "it");
    const outcome = await cassette(["record", target, "--", "sh", "-c", "echo started; sleep 60"], {
      onStart: (kill) => void sleep(1_500).then(() => kill("SIGINT")),
    });
    expect(outcome).toMatchObject({ status: 130 });
    expect(readFileSync(join(target, "output.raw"), "utf8")).toContain("started");
    expect(finalOf(target)).toMatchObject({ metadata: { interrupted: true }, exit: { Signaled: true } });
    expect(await cassette(["verify", target])).toMatchObject({ status: 0 });
  });

  it("ends a program that takes too long, and says so", async () => {
    const target = join(temporaryDirectory(), "it");
    expect(await cassette(["record", target, "--timeout", "300ms", "--", "sleep", "60"])).toMatchObject({
      status: 0,
    });
    expect(finalOf(target)).toMatchObject({ metadata: { timed_out: true } });
  });
});
