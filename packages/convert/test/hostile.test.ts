import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type OpenRecordingOptions, openTerminalRecording, type SourceFormat } from "@cassette/convert";
import { isCassetteError } from "@cassette/format";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inPieces } from "./sources.js";

const MUTATIONS = process.env.CASSETTE_SOAK ? 10_000 : 320;

const text = (...lines: unknown[]) => Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
const cast = [
  [0.1, "o", "h\u00e9llo \u001b[1mw\r\n"],
  [0.2, "i", "x"],
  [0.3, "r", "90x30"],
  [0.4, "m", "here"],
  [0.5, "z", [1, { a: "b" }]],
  [0.6, "o", "\ud83d\ude00"],
];
const ttyrec = Buffer.from(
  "00000000010000000300000061626301000000020000000200000064650200000003000000010000007a",
  "hex",
);
const typescript =
  'Script started on 2026-01-02 03:04:05+00:00 [TERM="xterm" COLUMNS="90" LINES="20"]\nabcde\nScript done on 2026-01-02 [COMMAND_EXIT_CODE="4"]\n';
const timing =
  "H 0.0 COLUMNS 80\nO 0.1 2\nI 0.1 1\nS 0.1 SIGWINCH ROWS=24 COLS=80\nO 0.2 2\nH 0.0 EXIT_CODE 7\n";

/** A small recording in each format. */
const SAMPLES: Record<Exclude<SourceFormat, "sudo">, Buffer> = {
  "asciicast-v1": text({
    version: 1,
    width: 80,
    height: 24,
    stdout: [
      [0.1, "a"],
      [0.2, "b\u00e9"],
    ],
  }),
  "asciicast-v2": text({ version: 2, width: 80, height: 24, env: { TERM: "xterm" } }, ...cast),
  "asciicast-v3": text({ version: 3, term: { cols: 80, rows: 24 } }, ...cast, [0, "x", "0"]),
  ttyrec,
  typescript: Buffer.from(timing),
  tlog: text(
    {
      ver: "2.3",
      rec: "a",
      pos: 0,
      timing: "=80x24>2+5<1]1/2",
      out_txt: "ab\ufffd",
      out_bin: [200, 201],
      in_txt: "c",
    },
    { ver: "2.3", rec: "a", pos: 9, timing: "+1>1", out_txt: "z" },
  ),
  ptywright: text({
    ...{ version: 1, createdAt: "2026-01-02", durationMs: 5, terminal: { cols: 80, rows: 24 } },
    events: [
      { atMs: 1, type: "output", dataBase64: "YWJj" },
      { atMs: 2, type: "resize", cols: 90, rows: 20 },
      { atMs: 3, type: "exit", exitCode: 0 },
    ],
  }),
};

/** A small generator of numbers, the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const TOKENS = [
  "[",
  "]",
  "{",
  "}",
  '"',
  ",",
  "-",
  "1e999",
  "\\ud800",
  "\0",
  "\xff",
  "99999999999999",
  "\n",
  "[[[[[[",
  "null",
  "0x0",
  "#",
];

/** Changes, removes, repeats or inserts something, one to four times. */
function mutated(sample: Buffer, next: (below: number) => number): Buffer {
  let bytes: Buffer = Buffer.from(sample);
  for (let left = 1 + next(4); left > 0; left--) {
    const at = next(bytes.length + 1);
    const end = Math.min(bytes.length, at + 1 + next(next(3) === 0 ? 40 : 3));
    const token = Buffer.from(TOKENS[next(TOKENS.length)] ?? "", "latin1");
    const middle = [
      Buffer.from([next(256)]),
      token,
      Buffer.alloc(0),
      Buffer.concat([bytes.subarray(at, end), bytes.subarray(at, end)]),
    ][next(4)];
    bytes = Buffer.concat([bytes.subarray(0, at), middle ?? token, bytes.subarray(next(2) ? end : at)]);
  }
  return bytes;
}

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "convert-"));
  writeFileSync(join(dir, "data"), typescript);
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Reads it all. @returns how it ended: events, or the error. */
async function attempt(format: SourceFormat, bytes: Buffer, size: number): Promise<number | unknown> {
  const timed = format === "typescript";
  if (timed) writeFileSync(join(dir, "timing"), bytes);
  const options: OpenRecordingOptions = timed
    ? { timing: join(dir, "timing") }
    : { stream: inPieces(bytes, size) };
  try {
    await using recording = await openTerminalRecording(join(dir, "data"), { format, ...options });
    let events = 0;
    for await (const batch of recording.events()) events += batch.length;
    return events;
  } catch (error) {
    return error;
  }
}

describe("a damaged recording", () => {
  it.each(Object.keys(SAMPLES) as (keyof typeof SAMPLES)[])(
    "is read or refused with a code and a place: %s",
    async (format) => {
      expect(await attempt(format, SAMPLES[format], 64)).toBeGreaterThan(1);
      const next = numbers(format.length * 7_919);
      let refused = 0;
      for (let count = Math.ceil(MUTATIONS / 8); count > 0; count--) {
        const bytes = mutated(SAMPLES[format], next);
        const result = await attempt(format, bytes, 1 + next(100));
        if (typeof result === "number") continue;
        refused++;
        if (!isCassetteError(result)) throw result;
        expect(["CASSETTE_SOURCE_INVALID", "CASSETTE_LIMIT_EXCEEDED"]).toContain(result.code);
        expect(result.line ?? result.byteOffset).toBeGreaterThanOrEqual(0);
        expect(result.message).not.toMatch(/h\u00e9llo|TERM|YWJj/);
      }
      expect(refused).toBeGreaterThan(0);
    },
  );

  it("is read or refused when it is compressed", async () => {
    const next = numbers(5);
    const zipped = gzipSync(SAMPLES["asciicast-v2"]);
    for (let count = Math.ceil(MUTATIONS / 8); count > 0; count--) {
      const result = await attempt("asciicast-v2", mutated(zipped, next), 1 + next(100));
      if (typeof result === "number") continue;
      if (!isCassetteError(result)) throw result;
      expect(result.line ?? result.byteOffset).toBeGreaterThanOrEqual(0);
    }
  });
});
