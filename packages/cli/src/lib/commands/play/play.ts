import { statSync } from "node:fs";
import { type Cassette, type Preview, readPreview } from "@cassette/core/reader";
import { CassetteError } from "@cassette/format";
import { screensOf } from "@cassette/terminal/parts";
import { screenText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import { idleHint } from "../../play/idle-hint.js";
import { lastScreenWithText } from "../../play/last-screen.js";
import type { PlayOptions } from "../../play/play-options.js";
import { outputTerminal } from "../../play/terminal-guard.js";
import { readTimeline } from "../../play/timeline.js";
import { openRecording } from "../../recordings/open-recording.js";

/** Plays a cassette on the user's terminal; prints the last screen that is not empty to anything else. */
export async function play(dir: string, options: PlayOptions, { stdout, stderr }: Streams): Promise<number> {
  checkPart(options);
  const terminal = outputTerminal(stdout);
  if (options.raw && !terminal) throw rawIntoPipe();
  if (terminal && !options.raw) {
    const { playOnTerminal } = await import("../../play/play-on-terminal.js");
    const open = (signal?: AbortSignal) => openRecording(dir, stderr, { signal });
    await playOnTerminal({ preview: await previewOf(dir, options), open }, options, terminal);
    return EXIT.success;
  }
  const cassette = await openRecording(dir, stderr);
  try {
    if (terminal) {
      const { playRaw } = await import("../../play/play-raw.js");
      await playRaw(cassette, { ...options, idleMs: options.idleMs ?? idleHint(cassette) }, terminal);
    } else await printLast(cassette, options.to, stdout);
    return EXIT.success;
  } finally {
    await cassette.close();
  }
}

/** The beginning of a cassette that is played from there; null if there is none, which opening it reports. */
async function previewOf(dir: string, { from = 0 }: PlayOptions): Promise<Preview | null> {
  if (from > 0 || statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  return readPreview(dir).catch(() => null);
}

async function printLast(
  cassette: Cassette,
  until: number | undefined,
  stdout: NodeJS.WriteStream,
): Promise<void> {
  const screens = screensOf(cassette);
  try {
    const { screen } = await lastScreenWithText(screens, await readTimeline(cassette), until);
    await createWriter(stdout).line(screenText(screen.text));
  } finally {
    screens.close();
  }
}

/** @throws CassetteError CASSETTE_USAGE. */
function checkPart({ from = 0, to = Number.POSITIVE_INFINITY }: PlayOptions): void {
  if (from > to) throw new CassetteError("CASSETTE_USAGE", "--from is after --to.");
}

function rawIntoPipe(): CassetteError {
  return new CassetteError("CASSETTE_USAGE", "Raw bytes are played on a terminal only.", {
    hint: "For the bytes themselves use `cassette cat --raw`.",
  });
}
