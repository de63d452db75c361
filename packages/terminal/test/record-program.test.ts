import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCassette, readMarks } from "@cassette/core/reader";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createRecordingDriver, openTerminal, type RecordOptions, recordProgram } from "../src/index.js";
import { loadDriver } from "../src/parts.js";
import { openScript } from "../src/script.js";

function temporaryDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), "cassette-terminal-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Asks for a name and a password, and greets. */
const PROGRAM = `printf 'name? '; read name; printf 'Password: '; stty -echo; read word; stty echo; echo; echo "hello $name"`;
const ARGV = ["sh", "-c", PROGRAM] as const;

function options(extras: Partial<RecordOptions> = {}): RecordOptions {
  return { target: join(temporaryDirectory(), "it.cassette"), argv: ARGV, ...extras };
}

const introduce: RecordOptions["input"] = async (terminal) => {
  await terminal.waitFor("name? ");
  await terminal.type("Ada\r");
  await terminal.waitFor("Password: ");
  await terminal.mark("asked");
  await terminal.typeSecret("correct-horse-42\r");
  await terminal.waitFor("hello Ada", { in: "line" });
};

describe("recordProgram", () => {
  it("records what a function types, and keeps no secret", async () => {
    const recording = options({ input: introduce, size: { rows: 10, cols: 40 } });
    const outcome = await recordProgram(recording);
    expect(outcome).toMatchObject({ exit: { code: 0 }, interrupted: false, isUnreadable: false });
    await using cassette = await openCassette(recording.target, { integrity: "required" });
    expect(cassette.manifest.terminal).toMatchObject({ initial_rows: 10, term: "xterm-256color" });
    expect(cassette.manifest.provenance.recorder_version).toMatch(/^@cassette\/terminal@/);
    expect((await readMarks(cassette)).map(({ label }) => label)).toEqual(["asked"]);
    expect(cassette.counts.frame).toBeGreaterThan(0);
    const input = readFileSync(join(recording.target, "input.jsonl"), "utf8");
    expect(input).not.toContain(Buffer.from("correct-horse-42").toString("base64").slice(0, 12));
    expect(input).toContain("withheld");
  });

  it("records what a script types", async () => {
    const recording = options();
    const file = join(temporaryDirectory(), "script.yaml");
    writeFileSync(
      file,
      '- wait: "name? "\n- type: "Ada\\r"\n- wait: "Password: "\n- secret: WORD\n- press: Enter\n- wait: hello Ada\n',
    );
    const input = await openScript(file, { WORD: "correct-horse-42" });
    expect(await recordProgram({ ...recording, input })).toMatchObject({ exit: { code: 0 } });
    expect(readFileSync(join(recording.target, "output.raw"), "utf8")).toContain("hello Ada");
  });

  it("masks the caller's secrets, though a script gives a variable of that name another value", async () => {
    const dir = temporaryDirectory();
    vi.stubEnv("API_TOKEN", "hunter2hunter2");
    onTestFinished(() => void vi.unstubAllEnvs());
    writeFileSync(join(dir, "token"), "hunter2hunter2");
    writeFileSync(
      join(dir, "script.yaml"),
      "env: { API_TOKEN: decoy-value-1, HOME: /elsewhere }\nsteps: []\n",
    );
    const recording = options({
      argv: ["sh", "-c", 'cat "$0"; echo " $API_TOKEN"', join(dir, "token")],
      input: await openScript(join(dir, "script.yaml")),
    });
    await recordProgram(recording);
    expect(readFileSync(join(recording.target, "output.raw"), "utf8")).toBe(
      "************** *************\r\n",
    );
  });

  it("keeps what was recorded when the input fails, and shows its screen", async () => {
    const shown: string[] = [];
    const kept: string[] = [];
    const recording = options({
      input: (terminal) => terminal.waitFor("never", { timeoutMs: 200 }).then(() => {}),
    });
    const hooks = {
      onFailedInput: (rows: readonly string[]) => void shown.push(...rows),
      onKept: (spool: string) => void kept.push(spool),
    };
    await expect(recordProgram({ ...recording, ...hooks })).rejects.toMatchObject({
      code: "CASSETTE_WAIT_FAILED",
    });
    expect(shown[0]).toBe("name?");
    expect(kept).toHaveLength(1);
    expect(existsSync(join(kept[0] ?? "", "cassette/output.raw"))).toBe(true);
    expect(existsSync(recording.target)).toBe(false);
  });

  it("keeps what was recorded until it is interrupted", async () => {
    const stop = new AbortController();
    const recording = options({
      async input(terminal) {
        await terminal.waitFor("name? ");
        stop.abort();
      },
    });
    expect(await recordProgram({ ...recording, signal: stop.signal })).toMatchObject({ interrupted: true });
    await using cassette = await openCassette(recording.target);
    expect(cassette.final.metadata).toMatchObject({ interrupted: true });
  });

  it("attaches a viewer, which receives each byte and is closed once", async () => {
    const seen: Uint8Array[] = [];
    let closed = 0;
    const attach = () => ({
      show: async (bytes: Uint8Array) => void seen.push(bytes),
      close: async () => void closed++,
    });
    const recording = options({ input: introduce });
    const { bytes } = await recordProgram({ ...recording, attach });
    expect(Buffer.concat(seen)).toHaveLength(bytes);
    expect(closed).toBe(1);
  });

  it("refuses a target that exists, before the program starts", async () => {
    const recording = options({ input: introduce });
    await recordProgram(recording);
    const started = join(temporaryDirectory(), "started");
    const again = { ...recording, argv: ["touch", started] as const, input: undefined };
    await expect(recordProgram(again)).rejects.toMatchObject({ code: "CASSETTE_TARGET_EXISTS" });
    expect(existsSync(started)).toBe(false);
  });
});

describe("createRecordingDriver", () => {
  it("records a terminal that is opened on it, with its marks", async () => {
    const target = join(temporaryDirectory(), "it.cassette");
    const driver = createRecordingDriver(target, await loadDriver());
    await using terminal = await openTerminal({ argv: ARGV, driver });
    await introduce(terminal, new AbortController().signal);
    expect(await terminal.waitForExit()).toMatchObject({ code: 0 });
    await terminal.close();
    await using cassette = await openCassette(target);
    expect((await readMarks(cassette)).map(({ label }) => label)).toEqual(["asked"]);
  });

  it("leaves nothing of a session that is closed early", async () => {
    const dir = temporaryDirectory();
    const driver = createRecordingDriver(join(dir, "it.cassette"), await loadDriver());
    const terminal = await openTerminal({ argv: ARGV, driver });
    await terminal.waitFor("name? ");
    await terminal.close();
    expect(readdirSync(dir)).toEqual([]);
  });
});
