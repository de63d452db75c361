// Recordings of an hour with frames, as the command makes them.
import { execFileSync } from "node:child_process";
import { createRecorder } from "@cassette/core";
import { seeded } from "./corpus.mjs";

export const ROWS = 24;
export const COLS = 80;
const HOUR_MS = 3_600_000;
const WORDS = "request cache worker queue retry open close index frame buffer socket commit".split(" ");

/**
 * An hour of a full-screen program that redraws one row and the status line at a time.
 * @param {string} dir
 * @param {number} bytes
 * @param {string} command path of the built command, which seals it
 */
export async function hourOfScreens(dir, bytes, command) {
  return sealed(await record(dir, { bytes, chunk: rewrittenRow }), command);
}

/**
 * An hour of a log, fifty lines at a time.
 * @param {string} dir
 * @param {number} bytes
 * @param {string} [command] path of the built command, to seal the recording
 */
export async function hourOfLog(dir, bytes, command) {
  const recorded = await record(dir, { bytes, chunk: logLines });
  return command === undefined ? recorded : sealed(recorded, command);
}

function sealed(dir, command) {
  execFileSync(process.execPath, [command, "scrub", dir, "-o", `${dir}-sealed`, "-q"]);
  return `${dir}-sealed`;
}

/** Makes a recording of an hour with `bytes` bytes of output, in chunks spread evenly. */
async function record(dir, { bytes, chunk }) {
  let time = 0;
  const recorder = await createRecorder(dir, {
    manifest: {
      terminal: { initial_rows: ROWS, initial_cols: COLS, emulator: { name: "none", version: "0" } },
      timing: { resolution_ms: 1 },
    },
    clock: { now: () => 0, monotonic: () => time },
  });
  const random = seeded(3);
  let written = 0;
  for (let number = 1; written < bytes; number++) {
    const text = Buffer.from(chunk(number, random));
    recorder.recordOutput(text);
    written += text.length;
    time = Math.floor((HOUR_MS * written) / bytes);
    if (number % 64 === 0) await recorder.drain();
  }
  recorder.recordFinal({ exit: { Code: 0, Signal: "", Exited: true, Signaled: false } });
  await recorder.close();
  return dir;
}

function rewrittenRow(number, random) {
  const word = WORDS[Math.floor(random() * WORDS.length)];
  const clear = number % 50 === 0 ? "\x1b[2J" : "";
  const row = `\x1b[${1 + (number % 22)};1H\x1b[K\x1b[3${number % 8}mrow ${number} ${word}\x1b[0m`;
  return `${clear}${row}\x1b[24;1H\x1b[7m status ${number} \x1b[0m`;
}

function logLines(number, random) {
  let text = "";
  for (let line = 0; line < 50; line++) {
    const words = Array.from({ length: 8 }, () => WORDS[Math.floor(random() * WORDS.length)]).join(" ");
    const needle = line === 0 && number % 100 === 0 ? ` NEEDLE ${number}` : "";
    text += `\x1b[90m12:00:${line}\x1b[0m \x1b[32mINFO\x1b[0m [${number}] ${words}${needle}\r\n`;
  }
  return text;
}
