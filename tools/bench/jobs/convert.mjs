import { spawnSync } from "node:child_process";
import { appendFileSync, closeSync, openSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import {
  importRecording,
  openTerminalRecording,
  readCassette,
  writeAsciicast,
  writeTtyrec,
} from "@cassette/convert";
import { createRecorder, openCassette } from "@cassette/core";

const TEXT = "the quick brown fox \u001b[32mjumps\u001b[m over the lazy dog, 漢字 é ".repeat(40);

/** @param {import("../main.mjs").Bench} bench */
export async function groups({ dir, quick, has }) {
  const megabytes = quick ? 20 : 100;
  const cast = join(dir, "log.cast");
  writeCast(cast, megabytes * 1_000_000);
  const bytes = statSync(cast).size;
  const cassette = join(dir, "log.cassette");
  await intoCassette(cast, cassette);
  const isThere = has("asciinema") && has("script");
  return [
    {
      title: `an asciicast of ${megabytes} MB, without the seal`,
      missing: isThere ? [] : ["asciinema"],
      jobs: [
        // It wants a terminal.
        ...(isThere ? [{ name: "asciinema cat", bytes, run: () => asciinemaCat(cast) }] : []),
        { name: "read", bytes, run: () => readAll(cast) },
        { name: "asciicast to cassette", bytes, run: () => intoCassette(cast, cassette) },
        { name: "cassette to asciicast v2", bytes, run: () => outOf(cassette, join(dir, "v2"), v2) },
        { name: "cassette to asciicast v3", bytes, run: () => outOf(cassette, join(dir, "v3"), v3) },
        { name: "cassette to ttyrec", bytes, run: () => outOf(cassette, join(dir, "tty"), writeTtyrec) },
      ],
    },
  ];
}

const v2 = (recording) => writeAsciicast(recording, { version: 2 });
const v3 = (recording) => writeAsciicast(recording, { version: 3 });

/** Lines of 20 to 320 characters, at most 50 ms apart. */
function writeCast(path, size) {
  writeFileSync(path, '{"version":2,"width":100,"height":30,"timestamp":1700000000}\n');
  let written = 0;
  let time = 0;
  for (let count = 0; written < size; ) {
    let lines = "";
    for (let line = 0; line < 1_000; line++, count++) {
      time += 0.001 * (1 + (count % 50));
      const text = TEXT.slice(count % 50, (count % 50) + 20 + ((count * 7_919) % 300));
      lines += `${JSON.stringify([Number(time.toFixed(6)), "o", `${text}\r\n`])}\n`;
    }
    appendFileSync(path, lines);
    written += Buffer.byteLength(lines);
  }
}

function asciinemaCat(cast) {
  const { status } = spawnSync("script", ["-qec", `asciinema cat '${cast}' > /dev/null`, "/dev/null"]);
  if (status !== 0) throw new Error(`asciinema: ${status}`);
}

async function readAll(cast) {
  const recording = await openTerminalRecording(cast);
  for await (const _ of recording.events());
  await recording.close();
}

/** As a conversion does it, but neither scrubbed nor drawn. */
async function intoCassette(cast, target) {
  const recording = await openTerminalRecording(cast);
  const coming = importRecording(recording, { now: 0 });
  const { manifest, clock } = coming;
  const recorder = await createRecorder(target, { manifest, clock, overwrite: true });
  await coming.recordInto(recorder);
  await recorder.close();
  await recording.close();
}

async function outOf(dir, file, write) {
  const cassette = await openCassette(dir);
  const descriptor = openSync(file, "w");
  for await (const piece of write(readCassette(cassette)).pieces()) writeSync(descriptor, piece);
  closeSync(descriptor);
  await cassette.close();
  return () => rmSync(file);
}
