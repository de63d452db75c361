import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openCassette } from "@cassette/core/reader";
import { describe, expect, it } from "vitest";
import { COMMAND, cassette, type Outcome, temporaryDirectory } from "./cassette.js";

/** What came of a program that was given data on standard input. */
interface Recorded extends Outcome {
  dir: string;
  output: string;
  /** What was sent to it; null for what is withheld. */
  sent: (string | null)[];
}

async function record(
  program: string[],
  stdin: string | Uint8Array | undefined,
  options: string[] = [],
): Promise<Recorded> {
  const dir = temporaryDirectory();
  const outcome = await cassette(["record", "it", ...options, "--", ...program], { cwd: dir, stdin });
  await using opened = await openCassette(join(dir, "it"));
  const sent: Recorded["sent"] = [];
  for await (const { kind, record } of opened.events()) {
    if (kind === "input")
      sent.push(record.withheld ? null : Buffer.from(record.bytes ?? "").toString("latin1"));
  }
  return { ...outcome, dir, output: readFileSync(join(dir, "it/output.raw"), "latin1"), sent };
}

const sh = (script: string) => ["sh", "-c", script];
const node = (program: string) => [process.execPath, "-e", program];
const LONG_LINE = "more than 4,095 bytes";
const NO_END = "got no end of file";

describe("cassette record, with standard input that is no terminal", () => {
  it("passes it on, records it as input, and ends it", async () => {
    const { status, sent, output } = await record(["cat"], "piped in\n");
    expect({ status, sent }).toEqual({ status: 0, sent: ["piped in\n", "\x04"] });
    expect(output).toBe("piped in\r\npiped in\r\n");
  });

  it("sends an end of file within a line", async () => {
    const { status, sent, output } = await record(["cat"], "no end");
    expect({ status, sent, output }).toEqual({
      status: 0,
      sent: ["no end", "\x04\x04"],
      output: "no endno end",
    });
  });

  const text = Array.from({ length: 20_000 }, (_, index) => `line ${index} of many`).join("\n");
  it.each<[string, Buffer]>([
    ["text", Buffer.from(text)],
    ["any bytes", randomBytes(100_000)],
    ["queries, whose echo an emulator would answer", Buffer.from("a\u009ab\u009bcd\n".repeat(2_000))],
    [
      "every control character",
      Buffer.from(Array.from({ length: 256 }, (_, byte) => [byte, byte, 0x0a]).flat()),
    ],
    [
      "lines of every critical length",
      Buffer.from([4_094, 4_095].map((length) => `${"x".repeat(length)}\n`).join("")),
    ],
  ])("delivers exactly the bytes of %s to the program", async (_, data) => {
    const { status, dir, stderr } = await record(sh("cat > out"), data);
    expect({ status, isSame: readFileSync(join(dir, "out")).equals(data) }).toEqual({
      status: 0,
      isSame: true,
    });
    expect(stderr).not.toContain(LONG_LINE);
  });

  it.each(["", "\n"])(
    "brings a line in pieces that is longer than a terminal takes, and says so once: %j",
    async (end) => {
      const data = `${"x".repeat(20_000)}${end}`;
      const { dir, stderr } = await record(sh("cat > out"), data);
      expect(readFileSync(join(dir, "out"), "utf8")).toBe(data);
      expect(stderr.split(LONG_LINE)).toHaveLength(2);
    },
  );

  it("sends an end of file to every program that reads lines", async () => {
    const { status, output } = await record(sh("cat; cat; cat; echo over"), "once\n");
    expect({ status, output }).toEqual({ status: 0, output: "once\r\nonce\r\nover\r\n" });
  });

  it("sends an end of file to a program that waits for events", async () => {
    const program =
      'process.stdin.on("data", (data) => console.log("got", String(data))).on("end", () => console.log("over"))';
    const { status, output } = await record(node(program), "one\ntwo\n");
    expect(status).toBe(0);
    expect(output).toMatch(/got two[\s\S]*over\r\n$/);
  });

  it("gives a prompt its own line, and records none that a password prompt gets", async () => {
    const ask =
      'printf "user: "; read u; sleep 0.3; stty -echo; printf "password: "; read p; stty echo; printf "more: "; read m; echo "$u $m $(printf %s "$p" | wc -c)"';
    const { sent, output, dir } = await record(sh(ask), "bob\nhunter2-secret\nrest\n");
    expect(sent).toEqual(["bob\n", null, "rest\n"]);
    expect(output).toContain("bob rest 14");
    expect(readFileSync(join(dir, "it/output.raw"), "latin1")).not.toContain("hunter2");
  });

  it("sends keys to a program that reads single keys, and no end of file but a warning", async () => {
    const program =
      'process.stdin.setRawMode(true).on("data", (data) => console.log(JSON.stringify(String(data)))); setTimeout(process.exit, 5_000)';
    const { sent, stderr } = await record(node(program), "q\x03\r");
    expect(sent).toEqual(["q\x03\r"]);
    expect(stderr.split(NO_END)).toHaveLength(2);
  });

  it.each([
    ["reads nothing", sh("sleep 1"), []],
    [
      "asks for single keys after a while",
      node("setTimeout(() => process.stdin.setRawMode(true).resume(), 800); setTimeout(process.exit, 2_500)"),
      [],
    ],
    ["reads lines", ["cat"], ["\x04"]],
  ])("does not disturb a program that %s with the end of /dev/null", async (_, program, keys) => {
    const { status, sent, stderr } = await record(program, undefined);
    expect({ status, sent }).toEqual({ status: 0, sent: keys });
    expect(stderr).not.toContain("warning");
  });

  it.each([
    ["never ends", 'while :; do echo more; done | "$@"'],
    ["stays open", '{ echo more; sleep 1000; } | { "$@"; kill 0; }'],
  ])("ends with the program when its input %s", async (_, pipeline) => {
    const dir = temporaryDirectory();
    const args = [
      "-c",
      pipeline,
      "sh",
      process.execPath,
      COMMAND,
      "record",
      "-q",
      "it",
      "--",
      "head",
      "-n",
      "1",
    ];
    const child = spawn("sh", args, { cwd: dir, stdio: "ignore", detached: true });
    await new Promise((resolve) => child.on("close", resolve));
    expect(readFileSync(join(dir, "it/output.raw"), "latin1")).toContain("more\r\n");
  });

  it.each([
    ["reads nothing", sh("echo up"), []],
    ["is recorded with --headless", sh("sleep 0.3"), ["--headless"]],
  ])("takes no part if the program %s", async (_, program, options) => {
    const dir = temporaryDirectory();
    writeFileSync(join(dir, "list"), "one\ntwo\n");
    const script = '{ "$@"; cat > rest; } < list';
    const args = [
      "-c",
      script,
      "sh",
      process.execPath,
      COMMAND,
      "record",
      "-q",
      "it",
      ...options,
      "--",
      ...program,
    ];
    const child = spawn("sh", args, { cwd: dir, stdio: "ignore" });
    await new Promise((resolve) => child.on("close", resolve));
    expect(readFileSync(join(dir, "rest"), "utf8")).toBe("one\ntwo\n");
  });

  it("refuses a directory before anything starts", async () => {
    const dir = temporaryDirectory();
    const fd = openSync(dir, "r");
    const child = spawn(process.execPath, [COMMAND, "record", "it", "--", "touch", "ran"], {
      cwd: dir,
      stdio: [fd, "ignore", "pipe"],
    });
    closeSync(fd);
    let stderr = "";
    child.stderr?.on("data", (bytes) => {
      stderr += bytes;
    });
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("is a directory") });
  });
});
