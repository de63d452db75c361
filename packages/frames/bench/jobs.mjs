// What drawing and sampling cost beside the bare library. Each job is `{ name, bytes, run }`, the yardstick first.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTrailingEmulator, createXtermEmulator, deriveFrames, openScreens } from "@cassette/frames";
import { Unicode11Addon } from "@xterm/addon-unicode11/lib/addon-unicode11.mjs";
import * as headless from "@xterm/headless/lib-headless/xterm-headless.mjs";

const RECORDINGS = join(import.meta.dirname, "../fixtures/recordings");
const SIZE = { rows: 24, cols: 80 };
const CHUNK = 4_096;
/** Milliseconds from one chunk to the next: a busy full-screen program. */
const PACE_MS = 20;

/** The outputs of all recorded programs, one after the other, until there are enough bytes. */
export function corpus(bytes) {
  const files = readdirSync(RECORDINGS).filter((file) => file.endsWith(".raw"));
  const once = Buffer.concat(files.map((file) => readFileSync(join(RECORDINGS, file))));
  return Buffer.concat(Array.from({ length: Math.ceil(bytes / once.length) }, () => once)).subarray(0, bytes);
}

/** Lines of a log. */
export function log(bytes) {
  const line = (n) =>
    `2026-01-01 12:00:${n % 60} [info] request ${n} handled in ${n % 97} ms, path=/items/${(n * 7) % 1_000}\r\n`;
  return Buffer.from(Array.from({ length: Math.ceil(bytes / 70) }, (_, n) => line(n)).join("")).subarray(
    0,
    bytes,
  );
}

/** Jobs over one output. */
export function drawingJobs(output) {
  const job = (name, run) => ({ name, bytes: output.length, run });
  return [
    job("bare @xterm/headless", () => bare(output)),
    job("createXtermEmulator", () => guarded(output)),
    job("deriveFrames, default policy", () => derive(output)),
    job("createTrailingEmulator, read again", () => trail(output)),
  ];
}

async function bare(output) {
  const terminal = new headless.Terminal({ ...SIZE, scrollback: 1, allowProposedApi: true, logLevel: "off" });
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = "11";
  for (const chunk of chunksOf(output)) {
    terminal.input("", true);
    await new Promise((resolve) => terminal.write(chunk, resolve));
  }
  terminal.dispose();
}

async function guarded(output) {
  const emulator = createXtermEmulator(SIZE);
  for (const chunk of chunksOf(output)) await emulator.feed(chunk);
  emulator.close();
}

/** A recording whose screen is never read. */
async function trail(output) {
  const emulator = createXtermEmulator(SIZE);
  const reread = (start, end) => [output.subarray(start, end)];
  const trailing = createTrailingEmulator({ createEmulator: () => emulator, reread });
  for (const chunk of chunksOf(output)) await trailing.feed(chunk);
  trailing.close();
}

/** Bytes of all frames, as JSON. */
async function derive(output) {
  let written = 0;
  for await (const { frame } of deriveFrames({ size: SIZE, events: eventsOf(output, 0) })) {
    written += JSON.stringify(frame).length + 1;
  }
  return written;
}

const SEEKS = 200;

/** Jobs that show the screen at places all over an output, and figures of all the seeks. */
export async function seekJobs(output) {
  const open = () => openScreens({ size: SIZE, events: (seq) => eventsOf(output, seq) });
  const screens = open();
  await screens.prepare();
  const chunks = Math.ceil(output.length / CHUNK);
  /** Those of the warm-up come first. */
  const times = [];
  return {
    jobs: [
      { name: "bare @xterm/headless, all of it", bytes: output.length, run: () => bare(output) },
      {
        name: "take the checkpoints",
        bytes: output.length,
        async run() {
          const fresh = open();
          await fresh.prepare();
          return () => fresh.close();
        },
      },
      {
        name: `${SEEKS} seeks to any place`,
        async run() {
          for (let index = 1; index <= SEEKS; index++) {
            const start = performance.now();
            await screens.at({ seq: 1 + ((index * 7_919) % chunks) });
            times.push(performance.now() - start);
          }
        },
      },
    ],
    notes() {
      const timed = times.slice(SEEKS).sort((a, b) => a - b);
      const percentile = (part) => `${timed[Math.ceil(part * timed.length) - 1].toFixed(1)} ms`;
      const share = ((screens.checkpointBytes / output.length) * 100).toFixed(2);
      return [
        `of ${timed.length} seeks 95 % took at most ${percentile(0.95)}, the longest ${percentile(1)}; checkpoints are ${share} % of the output`,
      ];
    },
    close: () => screens.close(),
  };
}

function* chunksOf(output) {
  for (let at = 0; at < output.length; at += CHUNK) yield output.subarray(at, at + CHUNK);
}

async function* eventsOf(output, afterSeq) {
  let seq = afterSeq;
  for (let at = afterSeq * CHUNK; at < output.length; at += CHUNK) {
    yield { kind: "output", seq: ++seq, t_ms: seq * PACE_MS, bytes: output.subarray(at, at + CHUNK) };
  }
  yield { kind: "final", seq: seq + 1, t_ms: (seq + 1) * PACE_MS };
}
