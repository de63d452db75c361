import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as zlib from "node:zlib";
import { deflateSync, gzipSync } from "node:zlib";
import { openTerminalRecording, type RecordingEvent } from "@cassette/convert";
import { describe, expect, it, onTestFinished } from "vitest";
import { lossesOf, readAll, shown } from "./sources.js";

const invalid = (line: number) => expect.objectContaining({ code: "CASSETTE_SOURCE_INVALID", line });
const lines = (...texts: (string | object)[]) =>
  texts.map((text) => `${typeof text === "string" ? text : JSON.stringify(text)}\n`).join("");

describe("asciicast", () => {
  it("reads version 2: absolute times, every code, its header", async () => {
    const header = {
      ...{ version: 2, width: 100, height: 30, timestamp: 1_500_000_000, title: "Demo", idle_time_limit: 2 },
      ...{
        command: "/bin/zsh",
        env: { SHELL: "/bin/zsh", TERM: "xterm" },
        theme: { fg: "#fff" },
        extra: [1],
      },
    };
    const text = lines(
      header,
      [0.5, "o", "a\u00e9"],
      "",
      [0.75, "i", "x"],
      [1, "r", "80x24"],
      [1, "m", "here"],
      [1.000001, "z", { a: 1 }],
    );
    for (const size of [1, 3, 1_000]) {
      const { format, facts, events, losses } = await readAll(text, { size });
      expect(format).toBe("asciicast-v2");
      expect(facts).toEqual({
        ...{
          size: { rows: 30, cols: 100 },
          startedAtMs: 1_500_000_000_000,
          title: "Demo",
          command: "/bin/zsh",
        },
        ...{
          term: "xterm",
          idleLimitS: 2,
          env: { SHELL: "/bin/zsh" },
          theme: { fg: "#fff" },
          header: { extra: [1] },
        },
      });
      expect(events.map(shown)).toEqual([
        ["output", 500_000, "a\u00c3\u00a9"],
        ["input", 750_000, "x"],
        ["resize", 1_000_000, { rows: 24, cols: 80 }],
        ["mark", 1_000_000, "here"],
        ["foreign", 1_000_001, "asciicast", "z", { a: 1 }],
      ]);
      expect(losses).toEqual({});
    }
  });

  it("reads version 3: intervals, comments, the exit", async () => {
    const header = {
      version: 3,
      term: { cols: 80, rows: 24, type: "tmux", version: "x", theme: { bg: "#000" } },
      env: { SHELL: "/bin/sh" },
    };
    const text = lines(header, "# a comment", [0.5, "o", "a"], [0.25, "o", "b"], [0.001, "x", "137"]);
    const { facts, events } = await readAll(text);
    expect(facts).toMatchObject({ term: "tmux", theme: { bg: "#000" }, header: { term: { version: "x" } } });
    expect(events.map(shown)).toEqual([
      ["output", 500_000, "a"],
      ["output", 750_000, "b"],
      ["end", 751_000, { code: 137 }],
    ]);
  });

  it.each([
    ["in one line", 0],
    ["indented", 2],
  ])("reads version 1 %s, whatever the order of keys", async (_, indent) => {
    const stdout = [
      [0.5, "a"],
      [0.25, 'b"]}['],
    ];
    for (const object of [
      { version: 1, width: 80, height: 24, duration: 1, stdout },
      { stdout, height: 24, version: 1, width: 80 },
    ]) {
      const { format, facts, events } = await readAll(JSON.stringify(object, null, indent));
      expect([format, facts.size]).toEqual(["asciicast-v1", { rows: 24, cols: 80 }]);
      expect(events.map(shown)).toEqual([
        ["output", 500_000, "a"],
        ["output", 750_000, 'b"]}['],
        ...("duration" in object ? [["end", 1_000_000]] : []),
      ]);
    }
  });

  it("joins characters that are cut between events", async () => {
    const text = `${lines({ version: 2, width: 80, height: 24 })}[1,"o","\\ud83d"]\n[2,"o","\\ude00\\ud800"]\n`;
    const { events, losses } = await readAll(text);
    expect(
      Buffer.concat(events.map((event) => ("bytes" in event ? event.bytes : Buffer.alloc(0)))).toString(),
    ).toBe("\u{1f600}");
    expect(losses).toEqual({ "lone-surrogates": 1 });
  });

  it("reads a cut file up to its last event", async () => {
    const whole = lines({ version: 2, width: 80, height: 24 }, [1, "o", "one"], [2, "o", "two"]);
    for (let length = whole.length - 2; length > whole.length - 12; length--) {
      const { events, losses } = await readAll(whole.slice(0, length));
      expect(events.map(shown)).toEqual([["output", 1_000_000, "one"]]);
      expect(losses["truncated-end"]).toBeGreaterThan(0);
    }
    const one = JSON.stringify({
      version: 1,
      width: 80,
      height: 24,
      stdout: [
        [1, "one"],
        [2, "two"],
      ],
    });
    const cut = await readAll(one.slice(0, -6));
    expect([cut.events.length, cut.losses["truncated-end"]]).toEqual([1, 5]);
  });

  it.each<[string, string, number]>([
    ["a line that is not JSON", '[1,"o","a"]\n[2,"o\n[3,"o","b"]\n', 3],
    ["no list", '{"a":1}\n', 2],
    ["data that is no text", '[1,"o",5]\n', 2],
    ["a negative time", '[-1,"o",""]\n', 2],
    ["an endless time", '[1e300,"o",""]\n', 2],
    ["a huge size", '[1,"r","99999x24"]\n', 2],
    ["a size of words", '[1,"r","big"]\n', 2],
    ["an event after the exit", '[1,"x","0"]\n[1,"o",""]\n', 3],
    ["bytes that are not UTF-8", '[1,"o","\xff"]\n', 2],
  ])("refuses %s, and says where", async (_, text, line) => {
    const bytes = Buffer.concat([
      Buffer.from(lines({ version: 2, width: 80, height: 24 })),
      Buffer.from(text, "latin1"),
    ]);
    await expect(readAll(bytes)).rejects.toEqual(invalid(line));
  });

  it("refuses headers of other formats and hostile ones", async () => {
    const read = (text: string) => readAll(text, { format: "asciicast-v2" });
    await expect(read("")).rejects.toEqual(invalid(1));
    await expect(read("hello\n")).rejects.toEqual(invalid(1));
    await expect(read('{"version":4}\n')).rejects.toEqual(invalid(1));
    await expect(read('{"version":2,"width":1e9,"height":24}\n')).rejects.toEqual(invalid(1));
    const nested = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
    const limit = expect.objectContaining({ code: "CASSETTE_LIMIT_EXCEEDED", line: 2 });
    await expect(read(`{"version":2,"width":80,"height":24}\n[1,"o",${nested}]\n`)).rejects.toEqual(limit);
    await expect(
      readAll(lines({ version: 2, width: 80, height: 24 }, [1, "o", "x".repeat(100)]), {
        limits: { lineBytes: 50 },
      }),
    ).rejects.toEqual(limit);
  });

  it("takes the time before for times that fall, and an absent size for none", async () => {
    const { facts, events, losses } = await readAll(
      lines({ version: 2, width: 0, height: 0 }, [2, "o", "a"], [1, "o", "b"]),
    );
    expect(facts.size).toBeUndefined();
    expect(events.map(({ atUs }) => atUs)).toEqual([2_000_000, 2_000_000]);
    expect(losses).toEqual({ "falling-times": 1 });
  });

  it("reads gzip, also when it is cut", async () => {
    const text = lines(
      { version: 2, width: 80, height: 24 },
      ...Array.from({ length: 5_000 }, (_, n) => [n, "o", `${Math.sqrt(n)}`]),
    );
    const zipped = gzipSync(text);
    const whole = await readAll(zipped, { size: 1_000 });
    expect([whole.events.length, whole.losses]).toEqual([5_000, {}]);
    const cut = await readAll(zipped.subarray(0, zipped.length / 2), { size: 1_000 });
    expect(cut.events.length).toBeGreaterThan(1_000);
    expect(cut.losses["truncated-end"]).toBeGreaterThan(0);
    const damaged = Buffer.from(zipped);
    damaged.fill(0, 2_000, 2_100);
    await expect(readAll(damaged, { size: 1_000 })).rejects.toMatchObject({
      code: "CASSETTE_SOURCE_INVALID",
    });
  });
});

describe("zstd", () => {
  it("is read where Node has it, and refused with a way out where not", async () => {
    const text = lines({ version: 2, width: 80, height: 24 }, [1, "o", "one"]);
    const compress = (zlib as { zstdCompressSync?: (bytes: Buffer) => Buffer }).zstdCompressSync;
    if (compress) {
      const { events } = await readAll(compress(Buffer.from(text)));
      expect(events.map(shown)).toEqual([["output", 1_000_000, "one"]]);
    } else {
      const refusal = readAll(Buffer.from("28b52ffd00", "hex"));
      await expect(refusal).rejects.toMatchObject({
        code: "CASSETTE_SOURCE_INVALID",
        hint: expect.stringContaining("Decompress"),
      });
    }
  });
});

/** A record of a ttyrec. */
function record(seconds: number, micros: number, text: string): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt32LE(seconds, 0);
  header.writeUInt32LE(micros, 4);
  header.writeUInt32LE(Buffer.byteLength(text), 8);
  return Buffer.concat([header, Buffer.from(text)]);
}

describe("ttyrec", () => {
  it("reads records, and a cut file up to its last one", async () => {
    const bytes = Buffer.concat([
      record(1_600_000_000, 500_000, "a"),
      record(1_600_000_001, 0, "bc"),
      record(1_600_000_000, 0, "d"),
    ]);
    const { format, facts, events, losses } = await readAll(bytes);
    expect([format, facts]).toEqual(["ttyrec", { startedAtMs: 1_600_000_000_500 }]);
    expect(events.map(shown)).toEqual([
      ["output", 0, "a"],
      ["output", 500_000, "bc"],
      ["output", 500_000, "d"],
    ]);
    expect(losses).toEqual({ "falling-times": 1 });
    const cut = await readAll(bytes.subarray(0, -1));
    expect([cut.events.length, cut.losses]).toEqual([2, { "truncated-end": 12 }]);
  });

  it("refuses records that cannot be, and says where", async () => {
    const good = record(0, 0, "abc");
    const at = (byteOffset: number) => expect.objectContaining({ byteOffset });
    await expect(
      readAll(Buffer.concat([good, record(0, 1_000_000, "a")]), { format: "ttyrec" }),
    ).rejects.toEqual(at(15));
    const long = record(0, 0, "a");
    long.writeUInt32LE(2 ** 31, 8);
    await expect(readAll(Buffer.concat([good, long]), { format: "ttyrec" })).rejects.toEqual(at(15));
    await expect(readAll("abc", { format: "ttyrec" })).rejects.toEqual(at(0));
  });
});

describe("tlog", () => {
  it("reads text, bytes and sizes in turns", async () => {
    const message = {
      ...{
        ver: "2.3",
        rec: "one",
        term: "xterm",
        time: 1_500_000_000.5,
        id: 1,
        pos: 0,
        timing: "=80x24<2+5>1]1/2>1+1=100x30",
      },
      ...{ in_txt: "l\u00e9", in_bin: [], out_txt: "a\ufffd\u{1f600}", out_bin: [255, 254] },
    };
    const other = { ...message, rec: "two" };
    const later = { ...message, pos: 100, timing: "+7>1", out_txt: "z", out_bin: [] };
    const { format, facts, events, losses } = await readAll(lines(message, other, later));
    expect([format, facts.size, facts.term, facts.startedAtMs]).toEqual([
      "tlog",
      { rows: 24, cols: 80 },
      "xterm",
      1_500_000_000_500,
    ]);
    expect(events.map(shown)).toEqual([
      ["resize", 0, { rows: 24, cols: 80 }],
      ["input", 0, "l\u00c3\u00a9"],
      ["output", 5_000, "a"],
      ["output", 5_000, "\xff\xfe"],
      ["output", 5_000, "\u00f0\u009f\u0098\u0080"],
      ["resize", 6_000, { rows: 30, cols: 100 }],
      ["output", 107_000, "z"],
    ]);
    expect(losses).toEqual({ "other-recordings": 1 });
    expect(facts.header).toEqual({ ver: "2.3", rec: "one" });
  });

  it.each(["?", ">9", "=9999x9", ">1x"])("refuses the timing %s", async (timing) => {
    const message = { ver: "2.3", rec: "one", timing: ">1", out_txt: "ab" };
    await expect(readAll(lines(message, { ...message, timing }))).rejects.toEqual(invalid(2));
  });
});

describe("ptywright", () => {
  it("reads events of every type", async () => {
    const base64 = (text: string) => Buffer.from(text).toString("base64");
    const recording = {
      ...{
        version: 1,
        createdAt: "2026-01-02T03:04:05.000Z",
        durationMs: 10,
        terminal: { cols: 80, rows: 24, term: "xterm" },
      },
      command: { file: "sh", args: ["-c", "true"] },
      events: [
        { atMs: 1, type: "output", dataBase64: base64("a") },
        { atMs: 2, type: "input", dataBase64: base64("b") },
        { atMs: 3, type: "resize", cols: 90, rows: 20 },
        { atMs: 4, type: "exit", exitCode: 3, signal: null },
      ],
    };
    const { format, facts, events } = await readAll(JSON.stringify(recording, null, 2));
    expect([format, facts.argv, facts.term]).toEqual(["ptywright", ["sh", "-c", "true"], "xterm"]);
    expect(events.map(shown)).toEqual([
      ["output", 1_000, "a"],
      ["input", 2_000, "b"],
      ["resize", 3_000, { rows: 20, cols: 90 }],
      ["end", 4_000, { code: 3 }],
    ]);
    const bad = { ...recording, events: [{ atMs: 1, type: "output", dataBase64: "a" }] };
    await expect(readAll(JSON.stringify(bad))).rejects.toEqual(invalid(1));
  });
});

/** A folder with files. */
function folder(files: Record<string, string | Uint8Array>): string {
  const dir = mkdtempSync(join(tmpdir(), "convert-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
  return dir;
}

async function read(path: string, timing?: string) {
  await using recording = await openTerminalRecording(path, { timing });
  const events: RecordingEvent[] = [];
  for await (const batch of recording.events()) events.push(...batch);
  return { facts: recording.facts, events: events.map(shown), losses: lossesOf(recording.losses.list()) };
}

describe("typescript", () => {
  const data =
    'Script started on 2026-01-02 03:04:05+00:00 [TERM="xterm" COLUMNS="90" LINES="20"]\nabcde\nScript done on 2026-01-02 03:04:06+00:00 [COMMAND_EXIT_CODE="4"]\n';

  it("reads classic timing", async () => {
    const dir = folder({ data, timing: "0.5 3\n0.000001 2\n" });
    const { facts, events, losses } = await read(join(dir, "data"), join(dir, "timing"));
    expect(facts).toEqual({
      size: { rows: 20, cols: 90 },
      startedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
      term: "xterm",
    });
    expect(events).toEqual([
      ["output", 500_000, "abc"],
      ["output", 500_001, "de"],
      ["end", 500_001, { code: 4 }],
    ]);
    expect(losses).toEqual({});
  });

  it("reads advanced timing with input and signals", async () => {
    const timing =
      "H 0.000000 COLUMNS 100\nH 0.000000 LINES 30\nO 0.1 2\nI 0.1 1\nS 0.1 SIGWINCH ROWS=24 COLS=80\nS 0 SIGTERM\nO 0.2 2\nH 0.0 EXIT_CODE 7\n";
    const dir = folder({ data, timing });
    const { facts, events } = await read(join(dir, "data"), join(dir, "timing"));
    expect(facts.size).toEqual({ rows: 30, cols: 100 });
    expect(events).toEqual([
      ["output", 100_000, "ab"],
      ["input", 200_000, "c"],
      ["resize", 300_000, { rows: 24, cols: 80 }],
      ["signal", 300_000, "SIGTERM"],
      ["output", 500_000, "de"],
      ["end", 500_000, { code: 7 }],
    ]);
  });

  it("leaves out input that is in another file, and output without timing", async () => {
    const timing = "H 0 OUTPUT_LOG out\nH 0 INPUT_LOG in\nO 1 2\nI 1 1\n";
    const dir = folder({ data, timing });
    const { events, losses } = await read(join(dir, "data"), join(dir, "timing"));
    expect(events[0]).toEqual(["output", 1_000_000, "ab"]);
    expect(losses).toMatchObject({ "input-of-another-file": 1, "untimed-output": expect.any(Number) });
  });

  it("asks for the timing, and refuses what is none", async () => {
    const dir = folder({ data, timing: "0.5 3\nhello\n" });
    await expect(read(join(dir, "data"))).rejects.toMatchObject({ code: "CASSETTE_USAGE" });
    await expect(read(join(dir, "data"), join(dir, "timing"))).rejects.toEqual(invalid(2));
  });
});

describe("sudo", () => {
  const log = {
    ...{ timestamp: { seconds: 1_600_000_000, nanoseconds: 0 }, columns: 90, lines: 20, command: "/bin/ls" },
    ...{ runargv: ["ls", "-l"], exit_value: 2 },
  };
  const timing = "4 0.5 2\n3 0.25 1\n5 0.25 24 80\n7 0 TSTP\n1 0 5\n4 1.000000001 3\n";

  it.each([
    ["plain", (text: string) => text],
    ["gzip", gzipSync],
    ["zlib", deflateSync],
  ])("reads %s logs", async (_, pack) => {
    const dir = folder({
      "log.json": JSON.stringify(log),
      timing: pack(timing),
      ttyout: pack("abcde"),
      ttyin: pack("x"),
    });
    const { facts, events, losses } = await read(dir);
    expect(facts).toEqual({
      size: { rows: 20, cols: 90 },
      startedAtMs: 1_600_000_000_000,
      argv: ["ls", "-l"],
      tool: "sudo",
    });
    expect(events).toEqual([
      ["output", 500_000, "ab"],
      ["input", 750_000, "x"],
      ["resize", 1_000_000, { rows: 24, cols: 80 }],
      ["foreign", 1_000_000, "sudo", "suspend", "TSTP"],
      ["output", 2_000_000, "cde"],
      ["end", 2_000_000, { code: 2 }],
    ]);
    expect(losses).toEqual({ "pipe-streams": 1 });
  });

  it("names the file and line of a bad timing", async () => {
    const dir = folder({ "log.json": JSON.stringify(log), timing: "4 0.5 2\nx\n", ttyout: "ab" });
    await expect(read(dir)).rejects.toMatchObject({
      code: "CASSETTE_SOURCE_INVALID",
      line: 2,
      file: join(dir, "timing"),
    });
  });
});

describe("openTerminalRecording", () => {
  it("says that there is no file, and that a format is unknown", async () => {
    const dir = folder({ text: "hello, world" });
    await expect(read(join(dir, "none"))).rejects.toMatchObject({ code: "CASSETTE_NOT_FOUND" });
    await expect(read(join(dir, "text"))).rejects.toMatchObject({
      code: "CASSETTE_SOURCE_INVALID",
      byteOffset: 0,
    });
  });
});
