import type { Cassette } from "@cassette/core/reader";
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
  const cassette = await openRecording(dir, stderr);
  try {
    const idleMs = options.idleMs ?? idleHint(cassette);
    if (!terminal) await printLast(cassette, options.to, stdout);
    else if (options.raw) {
      const { playRaw } = await import("../../play/play-raw.js");
      await playRaw(cassette, { ...options, idleMs }, terminal);
    } else {
      const { playOnTerminal } = await import("../../play/play-on-terminal.js");
      await playOnTerminal(cassette, { ...options, idleMs }, terminal);
    }
    return EXIT.success;
  } finally {
    await cassette.close();
  }
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
