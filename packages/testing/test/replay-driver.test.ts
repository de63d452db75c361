import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openCassette } from "@cassette/core/reader";
import { describe, expect, it } from "vitest";
import {
  assertHolds,
  createReplayDriver,
  type DriverForOptions,
  driverFor,
  openTerminal,
} from "../src/index.js";
import { record, temporaryDirectory } from "./sample-cassette.js";

/** A program that asks for a name, then for a password without echo, and greets. */
function recordGreeter(): Promise<string> {
  return record(join(temporaryDirectory(), "greeter"), async ({ recorder, at, output }) => {
    await output("\x1b[cname? ");
    recorder.recordInput({ bytes: Buffer.from("\x1b[?1;2c"), answer: true });
    at(500);
    for (const char of "Ada") {
      recorder.recordInput({ bytes: Buffer.from(char) });
      await output(char);
    }
    recorder.recordInput({ bytes: Buffer.from("\r"), key: "enter" });
    await output("\r\npassword? ");
    recorder.recordInput({ withheld: true });
    at(60_000);
    await output("\r\nhello Ada\r\n\x1b[?2004h");
    recorder.recordInput({ bytes: Buffer.from("\x1b[200~a\rb\x1b[201~") });
    recorder.recordInput({ bytes: Buffer.from("ghp_****"), masked: [[4, 8]] });
    recorder.recordFinal({ exit: { Code: 3, Signal: "", Exited: true, Signaled: false } });
  });
}

async function openGreeter() {
  const driver = createReplayDriver(await recordGreeter());
  return openTerminal({ argv: ["greeter"], size: { rows: 4, cols: 24 }, driver });
}

describe("createReplayDriver", () => {
  it("replays the output at the recorded inputs", async () => {
    await using terminal = await openGreeter();
    const { text } = await terminal.waitFor("name? ");
    expect(text[0]).toBe("name?");
    await terminal.type("Ada");
    await terminal.press("Enter");
    await terminal.waitFor("password? ");
    await terminal.type("whatever it is\r");
    await terminal.waitFor("hello Ada");
    await terminal.paste("a\nb");
    await terminal.type("ghp_mine");
    expect(await terminal.waitForExit()).toEqual({ code: 3, signal: null });
    await assertHolds(
      terminal,
      { type: "exit_status", exit_code: 3 },
      { type: "frame_contains", text: "hello Ada" },
      { type: "input_bytes", key: "enter" },
    );
  });

  it("takes early input, and pieces of any size", async () => {
    await using terminal = await openGreeter();
    await terminal.type("A");
    await terminal.type("da\rsecret\r");
    await terminal.waitFor("hello Ada");
  });

  it("resolves what is the beginning of what was recorded, so that the rest can follow", async () => {
    const recording = await record(join(temporaryDirectory(), "line"), async ({ recorder, output }) => {
      await output("$ ");
      recorder.recordInput({ bytes: Buffer.from("hello world\r") });
      recorder.recordInput({ withheld: true });
      await output("bye");
      recorder.recordFinal({ exit: { Code: 0, Signal: "", Exited: true, Signaled: false } });
    });
    await using terminal = await openTerminal({ argv: ["sh"], driver: createReplayDriver(recording) });
    for (const piece of ["hel", "lo", " world"]) await terminal.type(piece);
    await terminal.press("Enter");
    await terminal.type("sec");
    await terminal.type("ret\r");
    expect(await terminal.waitForExit()).toEqual({ code: 0, signal: null });
  });

  it("fails a piece that is not the beginning, naming the record", async () => {
    await using terminal = await openGreeter();
    await terminal.type("Ad");
    const wrong = terminal.type("x");
    await expect(wrong).rejects.toMatchObject({ code: "CASSETTE_REPLAY_MISMATCH", seq: 7 });
    await expect(wrong).rejects.toThrow("Something else was sent than was recorded as event 7.");
    await expect(terminal.waitFor("password")).rejects.toMatchObject({ code: "CASSETTE_REPLAY_MISMATCH" });
  });

  it("names the input that it waits for where a wait fails for want of it", async () => {
    await using terminal = await openGreeter();
    await terminal.type("Ad");
    await expect(terminal.waitFor("password? ", { timeoutMs: 100 })).rejects.toThrow(
      "the recording waits for the input recorded as event 7",
    );
  });

  it.each(["resize", "room"])("accepts what is sent while it waits for a %s", async (held) => {
    const recording = await record(
      join(temporaryDirectory(), "held"),
      async ({ recorder, output, resize }) => {
        if (held === "resize") resize(6, 30);
        else for (let chunk = 0; chunk < 9; chunk++) await output("x".repeat(1024 * 1024));
        recorder.recordInput({ bytes: Buffer.from("q") });
        recorder.recordFinal({ exit: { Code: 0, Signal: "", Exited: true, Signaled: false } });
      },
    );
    const driver = createReplayDriver(recording, { waitsFor: "everything" });
    await using session = await driver.start({ argv: ["sh"], rows: 4, cols: 24 });
    await session.sendText("q");
    await session.resize({ rows: 6, cols: 30 });
    for await (const _ of session.events());
    expect(await session.wait()).toEqual({ code: 0, signal: null });
  });

  it("fails what was sent, and every wait after it, when something else was recorded", async () => {
    await using terminal = await openGreeter();
    await expect(terminal.type("Bob\r")).rejects.toMatchObject({ code: "CASSETTE_REPLAY_MISMATCH", seq: 3 });
    await expect(terminal.waitFor("password? ")).rejects.toMatchObject({ code: "CASSETTE_REPLAY_MISMATCH" });
  });

  it("fails the end when too much is sent, and throws when closing if no wait did", async () => {
    const terminal = await openGreeter();
    const typed = terminal.type("Ada\rsecret\r\x1b[200~a\rb\x1b[201~ghp_minemore");
    await terminal.waitFor("hello Ada");
    await expect(terminal.waitForExit()).rejects.toMatchObject({ code: "CASSETTE_REPLAY_MISMATCH" });
    await expect(typed).rejects.toMatchObject({ code: "CASSETTE_REPLAY_MISMATCH" });
    await terminal.close();
    const other = await openGreeter();
    await other.waitFor("name? ");
    await expect(other.type("Bob")).rejects.toMatchObject({ code: "CASSETTE_REPLAY_MISMATCH" });
    await expect(other.close()).rejects.toMatchObject({ code: "CASSETTE_REPLAY_MISMATCH" });
  });

  it("can be closed while it waits for input", async () => {
    const terminal = await openGreeter();
    await terminal.waitFor("name? ");
    await terminal.close();
    expect(await terminal.session.wait()).toEqual({ code: null, signal: "SIGHUP" });
  });
});

describe("driverFor", () => {
  it("is the recording by default, and accepts nothing but that and the program", async () => {
    const recording = await recordGreeter();
    await using session = await (await driverFor(recording)).start({ argv: ["greeter"], rows: 4, cols: 24 });
    expect(session.pid).toBe(0);
    await expect(driverFor(recording, { subject: "neither" })).rejects.toThrow(TypeError);
  });

  it("runs the program on request", async () => {
    const driver = await driverFor("none", { subject: "program" });
    await using terminal = await openTerminal({ argv: ["printf", "real"], driver });
    await terminal.waitFor("real");
  });

  it("records the program again on request, secrets masked, and then runs against that", async () => {
    const recording = join(temporaryDirectory(), "again");
    const env = { ...process.env, API_TOKEN: "hunter2hunter2" };
    const ask = async (subject: string) => {
      const argv = ["sh", "-c", 'read name; echo "hello $name $API_TOKEN"; exit 4'] as const;
      await using terminal = await openTerminal({
        argv,
        env,
        driver: await driverFor(recording, { subject }),
      });
      await terminal.type("Ada");
      await terminal.press("Enter");
      await terminal.waitFor("hello Ada");
      expect(await terminal.waitForExit()).toEqual({ code: 4, signal: null });
    };
    await ask("record");
    await ask("recording");
    await ask("record");
    await using cassette = await openCassette(recording, { integrity: "required" });
    const raw = [];
    for await (const bytes of cassette.raw()) raw.push(bytes);
    expect(Buffer.concat(raw).toString()).toContain("hello Ada **************");
    expect(cassette.scrubReport.status).toBe("redacted");
    expect(cassette.counts.frame).toBeGreaterThan(0);
  });

  it("masks the user's name, and keeps a secret argument out of the spool", async () => {
    const dir = temporaryDirectory();
    const recording = join(dir, "named");
    const env = { ...process.env, API_TOKEN: "hunter2hunter2", LOGNAME: "bertrandine" };
    const program = `
      until ls "$0"/.named.spool-*/spool.json >/dev/null 2>&1; do sleep 0.05; done
      cat "$0"/.named.spool-*/spool.json | grep -c -e "$API_TOKEN"; echo "$LOGNAME is done"`;
    const argv = ["sh", "-c", program, dir, env.API_TOKEN] as const;
    const driver = await driverFor(recording, { subject: "record" });
    await using terminal = await openTerminal({ argv, env, driver });
    await terminal.waitFor("is done");
    await terminal.waitForExit();
    await using cassette = await openCassette(recording);
    expect(readFileSync(join(recording, "output.raw"), "utf8")).toBe("0\r\n*********** is done\r\n");
    expect(cassette.manifest.command.argv?.at(-1)).toBe("<redacted>");
    expect(cassette.scrubReport.artifacts?.["manifest.json"]).toMatchObject({ "literal-secret": 1 });
  });

  it("records where there is nothing yet, once; never with mode none", async () => {
    const recording = join(temporaryDirectory(), "once");
    const count = join(temporaryDirectory(), "count");
    const argv = ["sh", "-c", `echo ran >> ${count}; echo done`] as const;
    const run = async (mode?: string) => {
      await using terminal = await openTerminal({ argv, driver: await driverFor(recording, { mode }) });
      await terminal.waitFor("done");
      await terminal.waitForExit();
    };
    await expect(run("none")).rejects.toMatchObject({ code: "CASSETTE_NOT_FOUND" });
    await run();
    await run();
    await run("none");
    expect(readFileSync(count, "utf8")).toBe("ran\n");
    await run("all");
    expect(readFileSync(count, "utf8")).toBe("ran\nran\n");
    await expect(run("new_episodes")).rejects.toThrow("Record it again");
    await expect(run("some")).rejects.toThrow(TypeError);
  });

  it("warns of a recording that is old or whose program has changed, or fails on request", async () => {
    const dir = temporaryDirectory();
    const [recording, program] = [join(dir, "stale"), join(dir, "program")];
    const write = (text: string) => writeFileSync(program, `#!/bin/sh\necho ${text}\n`, { mode: 0o755 });
    const start = async (options: DriverForOptions) => {
      const driver = await driverFor(recording, options);
      await using terminal = await openTerminal({ argv: [program], driver });
      await terminal.waitFor("one");
      await terminal.waitForExit();
    };
    write("one");
    await start({ subject: "record" });
    await start({ whenStale: "fail", maxAgeMs: 60_000 });
    await expect(start({ whenStale: "fail", maxAgeMs: -60_000 })).rejects.toMatchObject({
      code: "CASSETTE_RECORDING_STALE",
    });
    write("two");
    await expect(start({ whenStale: "fail" })).rejects.toMatchObject({ code: "CASSETTE_RECORDING_STALE" });
    const warned = once(process, "warning");
    await start({ whenStale: "warn" });
    expect((await warned)[0]).toMatchObject({ code: "CASSETTE_RECORDING_STALE", file: recording });
  });

  it.each(["once", "none"])("compares program and arguments with mode %s", async (mode) => {
    const recording = join(temporaryDirectory(), "compared");
    const env = { ...process.env, API_TOKEN: "hunter2hunter2" };
    const start = async (argv: [string, ...string[]], options: DriverForOptions = {}) => {
      const driver = await driverFor(recording, { mode, ...options });
      await using terminal = await openTerminal({ argv, env, driver });
      await terminal.waitFor("one");
      await terminal.waitForExit();
    };
    await start(["echo", "one", env.API_TOKEN], { mode: "once" });
    const failing = { whenStale: "fail" } as const;
    await start(["echo", "one", env.API_TOKEN], failing);
    await start(["/bin/echo", "one", "hunter3hunter3"], failing);
    for (const argv of [
      ["echo", "two", env.API_TOKEN],
      ["echo", "one"],
      ["printf", "one", env.API_TOKEN],
    ])
      await expect(start(argv as [string, ...string[]], failing)).rejects.toMatchObject({
        code: "CASSETTE_RECORDING_STALE",
      });
    const warned = once(process, "warning");
    await start(["echo", "two", env.API_TOKEN]);
    expect((await warned)[0]).toMatchObject({ code: "CASSETTE_RECORDING_STALE", file: recording });
  });

  it("works twice at a time, whether there is a recording or not", async () => {
    const recording = join(temporaryDirectory(), "twice");
    const count = join(temporaryDirectory(), "count");
    const argv = ["sh", "-c", `echo ran >> ${count}; echo ready; read line; echo "got $line"`] as const;
    const run = async () => {
      const driver = await driverFor(recording);
      await using terminal = await openTerminal({ argv, driver });
      await terminal.waitFor("ready");
      await terminal.type("it\r");
      await terminal.waitFor("got it");
      expect(await terminal.waitForExit()).toEqual({ code: 0, signal: null });
    };
    await Promise.all([run(), run()]);
    expect(readFileSync(count, "utf8")).toBe("ran\nran\n");
    await Promise.all([run(), run(), run()]);
    expect(readFileSync(count, "utf8")).toBe("ran\nran\n");
    const driver = await driverFor(recording);
    await Promise.all(
      [1, 2].map(async () => {
        await using terminal = await openTerminal({ argv, driver });
        await terminal.type("it\r");
        await terminal.waitFor("got it");
        await terminal.waitForExit();
      }),
    );
  });

  it("keeps nothing of a session that did not end by itself", async () => {
    const recording = join(temporaryDirectory(), "half");
    const driver = await driverFor(recording, { subject: "record" });
    const terminal = await openTerminal({ argv: ["cat"], driver });
    await terminal.type("half\r");
    await terminal.waitFor("half");
    await terminal.close();
    expect(readdirSync(dirname(recording))).toEqual([]);
  });
});
