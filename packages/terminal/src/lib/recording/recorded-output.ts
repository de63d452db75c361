import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Recorder } from "@cassette/core";
import { ARTIFACT, type Emulator, type Screen } from "@cassette/format";

/** Recorded output as it is on disk. */
export interface RecordedOutput {
  path: string;
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}

/** Recorded output, to be read again: by an emulator that trails by much, or for a screen that is gone. */
export function recordedOutput({ spool }: Recorder): RecordedOutput {
  const path = join(spool, "cassette", ARTIFACT.outputRaw);
  return { path, read: (start, end) => createReadStream(path, { start, end: end - 1 }) };
}

/** Recorded output is on disk soon afterwards. */
const LOOK_MS = 10;
const LOOKS = 200;

/** Draws a screen from recorded output: its first bytes, as many as named. */
export async function drawRecorded(
  emulator: Emulator,
  output: RecordedOutput,
  bytes: number,
): Promise<Screen> {
  for (let looks = 0; looks < LOOKS && (await stat(output.path)).size < bytes; looks++) await sleep(LOOK_MS);
  if (bytes > 0) for await (const chunk of output.read(0, bytes)) await emulator.feed(chunk);
  return emulator.snapshot({ cells: true });
}
