import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { COMMAND, cassette, temporaryDirectory } from "./cassette.js";
import { recorded, SESSIONS, type Step } from "./stub-sessions.js";

const DRIVER = join(import.meta.dirname, "programs/drive.py");
const DRIVES = process.env.CASSETTE_SOAK ? 300 : 3;
const WRONG_DRIVES = process.env.CASSETTE_SOAK ? 50 : 5;
const run = promisify(execFile);

/** Drives a program by Python's `pty`. */
async function drive(steps: Step[], argv: string[], env: NodeJS.ProcessEnv = {}) {
  const dir = temporaryDirectory();
  writeFileSync(join(dir, "steps.json"), JSON.stringify(steps));
  const { stdout } = await run("python3", [DRIVER, join(dir, "steps.json"), join(dir, "output"), ...argv], {
    // No HOME, no proxy, no program but the system's.
    env: { PATH: "/usr/bin:/bin", TERM: "xterm", ...env },
  });
  return { end: JSON.parse(stdout), output: readFileSync(join(dir, "output"), "latin1") };
}

describe("cassette stub", () => {
  it("prints the same however what is typed is cut into pieces", async () => {
    const { cassettePath } = await recorded(SESSIONS.python3);
    const whole = readFileSync(join(cassettePath, "output.raw"), "latin1");
    for (let seed = 1; seed <= DRIVES; seed++) {
      const pieces = { piece: 1 + (seed % 4), delay: (seed % 3) * 0.004 };
      const steps = SESSIONS.python3.steps.map((step) => ("send" in step ? { ...step, ...pieces } : step));
      // Every other one types ahead, once the stub is running.
      const ahead = steps.filter((step, index) => index === 0 || !("wait" in step));
      const { end, output } = await drive(seed % 2 === 0 ? ahead : steps, [
        process.execPath,
        COMMAND,
        "stub",
        cassettePath,
      ]);
      expect({ end, output }).toEqual({ end: { code: 3 }, output: whole });
    }
  });

  it("ends with 86 and names the first difference when something else is typed", async () => {
    const { dir, cassettePath } = await recorded(SESSIONS.python3);
    for (let seed = 0; seed < WRONG_DRIVES; seed++) {
      const typed = "print(6*7)\r";
      const at = seed % typed.length;
      const wrong = `${typed.slice(0, at)}#${typed.slice(at + 1)}`;
      const report = join(dir, `report-${seed}.json`);
      const argv = [process.execPath, COMMAND, "stub", cassettePath, "--report", report];
      const { end, output } = await drive([{ wait: ">>>" }, { send: wrong }, { wait: "never" }], argv);
      expect(end).toEqual({ code: 86 });
      expect(output).not.toContain("mismatch");
      const told = JSON.parse(readFileSync(report, "utf8"));
      expect(told).toMatchObject({ reason: "mismatch", seq: expect.any(Number) });
      expect(told.screen.join("\n")).toContain(">>>");
      expect(told.got[told.first_difference]).toBe("#");
    }
  });

  it.each([
    ["too much is typed", [{ wait: ">>>" }, { send: "print(6*7)\rexit(3)\rmore" }], "unexpected-input", []],
    ["nothing is typed", [{ wait: ">>>" }], "silent", ["--timeout", "300ms"]],
  ] as const)("ends with 86 when %s", async (_, steps, reason, options) => {
    const { dir, cassettePath } = await recorded(SESSIONS.python3);
    const report = join(dir, "report.json");
    const argv = [process.execPath, COMMAND, "stub", cassettePath, "--report", report, ...options];
    expect(await drive([...steps], argv)).toMatchObject({ end: { code: 86 } });
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({ reason });
  });

  it("names the first difference of what counts as equal", async () => {
    const { cassettePath } = await recorded(SESSIONS.python3);
    for (const typed of ["print(6*8)", "\x1b[200~print(6*8)\x1b[201~"]) {
      const { status, stderr } = await cassette(["stub", cassettePath, "--normalise"], { stdin: typed });
      const report = JSON.parse(stderr);
      expect({ status, reason: report.reason }).toEqual({ status: 86, reason: "mismatch" });
      expect(report.got.slice(report.first_difference)).toMatch(/^8\)/);
    }
  });

  it("takes input as equal that the project's settings mask, where it normalises", async () => {
    const { dir, cassettePath } = await recorded(SESSIONS.python3);
    writeFileSync(join(dir, "cassette.config.yaml"), "masks: [{ pattern: '6[*][0-9]' }]\n");
    const stub = (...options: string[]) =>
      cassette(["stub", cassettePath, ...options], { stdin: "print(6*8)\rexit(3)\r", cwd: dir });
    expect(await stub("--normalise")).toMatchObject({ status: 3 });
    expect(await stub()).toMatchObject({ status: 86 });
  });

  it("compares the arguments of a single recording, unless it only warns", async () => {
    const { dir, cassettePath } = await recorded(SESSIONS.python3);
    const report = join(dir, "report.json");
    const ask = (...options: string[]) =>
      drive(SESSIONS.python3.steps, [process.execPath, COMMAND, "stub", "--report", report, ...options]);
    expect(await ask(cassettePath, "--", "-q")).toMatchObject({ end: { code: 3 } });
    const argv = [process.execPath, COMMAND, "stub", "--report", report, cassettePath, "--", "-v"];
    expect(await drive([], argv)).toMatchObject({ end: { code: 86 }, output: "" });
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({
      reason: "no-recording",
      arguments: ["-v"],
    });
    expect(await ask("--when-stale", "warn", cassettePath, "--", "-v")).toMatchObject({ end: { code: 3 } });
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({
      warning: expect.stringContaining("arguments"),
    });
  });

  it("takes any argument where it was masked", async () => {
    const dir = temporaryDirectory();
    const env = { ...process.env, API_TOKEN: "hunter2hunter2" };
    await cassette(["record", "it", "--", "echo", "hello", env.API_TOKEN], { cwd: dir, env });
    const stub = (...args: string[]) => cassette(["stub", "it", "--", ...args], { cwd: dir });
    expect(await stub("hello", "another")).toMatchObject({ status: 0 });
    expect(await stub("bye", "another")).toMatchObject({ status: 86 });
  });

  it("waits for the recorded resize of the terminal on request", async () => {
    const dir = temporaryDirectory();
    const script = [
      { wait: "up" },
      { resize: "90x30" },
      { sleep: "200ms" },
      { type: "go\r" },
      { wait: "30 90" },
    ];
    writeFileSync(join(dir, "script.json"), JSON.stringify(script));
    const program = "echo up; read line; stty size";
    await cassette(["record", "it", "--script", "script.json", "--", "sh", "-c", program], { cwd: dir });
    const report = join(dir, "report.json");
    const argv = [process.execPath, COMMAND, "stub", join(dir, "it"), "--report", report, "--timeout", "2s"];
    const [up, go] = [{ wait: "up" }, { send: "go\r" }];
    expect(await drive([up, go], argv)).toMatchObject({ end: { code: 0 } });
    const waiting = [...argv, "--resizes", "wait"];
    expect(await drive([up, { resize: [30, 90] }, go], waiting)).toMatchObject({ end: { code: 0 } });
    expect(await drive([up, go], waiting)).toMatchObject({ end: { code: 86 } });
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({
      reason: "not-resized",
      expected: "90x30",
      got: "80x24",
    });
    expect(await cassette(["stub", "it", "--resizes", "wait"], { cwd: dir })).toMatchObject({ status: 2 });
  });

  it("reports on standard error where that is no terminal", async () => {
    const { cassettePath } = await recorded(SESSIONS.python3);
    const { status, stderr } = await cassette(["stub", cassettePath], { stdin: "print(7)" });
    expect(status).toBe(86);
    expect(JSON.parse(stderr)).toMatchObject({ reason: "mismatch", got: "print(7)", first_difference: 6 });
  });

  it("reports a driver that goes away", async () => {
    const { dir, cassettePath } = await recorded(SESSIONS.python3);
    const report = join(dir, "report.json");
    const argv = [process.execPath, COMMAND, "stub", cassettePath, "--report", report];
    expect(await drive([{ wait: ">>>" }, { hangup: true }], argv)).toMatchObject({ end: { code: 86 } });
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({ reason: "vanished" });
    // With nowhere to report to but the terminal that is gone.
    expect(await drive([{ wait: ">>>" }, { hangup: true }], argv.slice(0, -2))).toMatchObject({
      end: { code: 86 },
    });
  });

  it.each([
    ["by an option", ["--report", "report.json"]],
    ["by a variable", []],
  ])("reports a reader that goes away, where %s says", async (_, options) => {
    const dir = temporaryDirectory();
    writeFileSync(join(dir, "script.yaml"), '- wait: "end"\n- type: "go\\r"\n');
    const program = ["sh", "-c", "yes | head -n 100000; echo end; read x"];
    await cassette(["record", "it", "--script", "script.yaml", "--", ...program], { cwd: dir });
    const env = { ...process.env, CASSETTE_STUB_REPORT: "report.json" };
    const child = spawn(process.execPath, [COMMAND, "stub", "it", ...options], { cwd: dir, env });
    child.stdout.once("data", () => child.stdout.destroy());
    expect(await once(child, "close")).toEqual([86, null]);
    expect(JSON.parse(readFileSync(join(dir, "report.json"), "utf8"))).toMatchObject({ reason: "vanished" });
  });

  it("runs until it is hung up, if that ended the program", async () => {
    const dir = temporaryDirectory();
    writeFileSync(join(dir, "script.yaml"), '- wait: "up"\n- hangup\n');
    await cassette(["record", "it", "--script", "script.yaml", "--", "sh", "-c", "echo up; read x"], {
      cwd: dir,
    });
    const argv = [process.execPath, COMMAND, "stub", join(dir, "it"), "--timeout", "300ms"];
    expect(await drive([{ wait: "up" }, { hangup: true }], argv)).toMatchObject({ end: { signal: 1 } });
    expect(await drive([{ wait: "up" }], argv)).toMatchObject({ end: { code: 86 } });
  });

  it.each(["SIGPIPE", "SIGUSR1", "SIGKILL"] as const)("ends by %s itself", async (signal) => {
    const dir = temporaryDirectory();
    await cassette(["record", "it", "--", "sh", "-c", `kill -${signal.slice(3)} $$`], { cwd: dir });
    const stub = spawnSync(process.execPath, [COMMAND, "stub", "it"], { cwd: dir, encoding: "utf8" });
    expect(stub).toMatchObject({ signal, stdout: "", stderr: "" });
  });
});

describe("cassette stub install", () => {
  it("puts an executable on PATH that chooses by its arguments", async () => {
    const bin = join(temporaryDirectory(), "bin");
    const say = async (text: string) => {
      const dir = temporaryDirectory();
      mkdirSync(join(dir, "real"));
      writeFileSync(join(dir, "real/agent"), '#!/bin/sh\necho "real: $*"\n');
      chmodSync(join(dir, "real/agent"), 0o755);
      await cassette(["record", "it", "--", "real/agent", text], { cwd: dir });
      return join(dir, "it");
    };
    const dirs = [await say("one"), await say("two")];
    expect(await cassette(["stub", "install", ...dirs, "--name", "agent", "--to", bin])).toMatchObject({
      status: 0,
    });
    const env = { PATH: `${bin}:/usr/bin:/bin`, CASSETTE_STUB_REPORT: join(bin, "report.json") };
    expect(await drive([], ["agent", "two"], env)).toEqual({ end: { code: 0 }, output: "real: two\r\n" });
    expect(await drive([], ["agent", "one"], env)).toEqual({ end: { code: 0 }, output: "real: one\r\n" });
    expect(await drive([], ["agent", "three"], env)).toEqual({ end: { code: 86 }, output: "" });
    expect(JSON.parse(readFileSync(env.CASSETTE_STUB_REPORT, "utf8"))).toMatchObject({
      reason: "no-recording",
    });
  });

  it("reports which of its recordings were never called", async () => {
    const dir = temporaryDirectory();
    for (const word of ["one", "two"]) await cassette(["record", word, "--", "echo", word], { cwd: dir });
    const install = () =>
      cassette(["stub", "install", "one", "two", "--name", "say", "--to", "bin"], { cwd: dir });
    const check = (...options: string[]) => cassette(["stub", "check", "bin", ...options], { cwd: dir });
    expect(await check()).toMatchObject({ status: 2, stderr: expect.stringContaining("There are no stubs") });
    await install();
    const env = { PATH: `${dir}/bin:/usr/bin:/bin` };
    await drive([], ["say", "one"], env);
    expect(await check()).toMatchObject({ status: 1, stdout: `say was never called with ${dir}/two\n` });
    expect(JSON.parse((await check("--json")).stdout)).toEqual({ name: "say", recording: `${dir}/two` });
    await drive([], ["say", "two"], env);
    expect(await check()).toMatchObject({ status: 0, stdout: "" });
    await install();
    expect(await check()).toMatchObject({ status: 1 });
  });

  it("leaves the terminal as it was", async () => {
    const dir = temporaryDirectory();
    await cassette(["record", "it", "--", "echo", "recorded"], { cwd: dir });
    await cassette(["stub", "install", "it", "--name", "agent", "--to", "bin"], { cwd: dir });
    const compare = 'modes=$(stty -g); agent recorded; [ "$(stty -g)" = "$modes" ] && echo the same';
    const { output } = await drive([], ["sh", "-c", compare], { PATH: `${dir}/bin:/usr/bin:/bin` });
    expect(output).toBe("recorded\r\nthe same\r\n");
  });

  it("takes the place of a stub, and of nothing else", async () => {
    const dir = temporaryDirectory();
    await cassette(["record", "it", "--", "echo", "recorded"], { cwd: dir });
    const install = (to: string) =>
      cassette(["stub", "install", "it", "--name", "agent", "--to", to], { cwd: dir });
    expect(await install("bin")).toMatchObject({ status: 0 });
    expect(await install("bin")).toMatchObject({ status: 0 });
    mkdirSync(join(dir, "real"));
    writeFileSync(join(dir, "agent.js"), "the program");
    symlinkSync("../agent.js", join(dir, "real/agent"));
    expect(await install("real")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("CASSETTE_TARGET_EXISTS"),
    });
    expect(readFileSync(join(dir, "agent.js"), "utf8")).toBe("the program");
    expect(await install("agent.js/bin")).toMatchObject({
      status: 3,
      stderr: expect.stringContaining("CASSETTE_WRITE_FAILED"),
    });
  });
});
