import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Emulator, Screen } from "@cassette/format";
import { viewOf } from "../play/view.js";

/** Recorded output as it is on disk. */
export interface RecordedOutput {
  path: string;
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}

/** What is recorded is on disk soon after. */
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

/** What paints a screen on an empty one. */
export function paint(screen: Screen): string {
  const { rows, cursor } = viewOf(screen, { rows: screen.size.Rows, cols: screen.size.Cols });
  const painted = rows.map((row, index) => `\x1b[${index + 1};1H${row}`).join("");
  return cursor ? `${painted}\x1b[${cursor.row + 1};${cursor.col + 1}H` : painted;
}
