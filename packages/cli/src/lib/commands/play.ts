import { type Cassette, openCassette } from "@cassette/core/reader";
import { CassetteError } from "@cassette/format";
import { EXIT } from "../output/exit-status.js";
import type { Streams } from "../output/report-error.js";
import { createWriter } from "../output/writer.js";
import type { PlayOptions } from "../play/play-options.js";
import { screensOf } from "../play/screens-of.js";
import { personsTerminal } from "../play/terminal-guard.js";
import { screenText } from "./frames.js";

/** Plays a cassette on the person's terminal; into a pipe it prints the last screen, at once. */
export async function play(dir: string, options: PlayOptions, { stdout }: Streams): Promise<number> {
  const terminal = personsTerminal(stdout);
  if (options.raw && !terminal) throw rawIntoPipe();
  const cassette = await openCassette(dir);
  try {
    const idleMs = options.idleMs ?? idleHint(cassette);
    if (!terminal) await printLast(cassette, options.to, stdout);
    else if (options.raw) {
      const { playRaw } = await import("../play/play-raw.js");
      await playRaw(cassette, { ...options, idleMs }, terminal);
    } else {
      const { playOnTerminal } = await import("../play/play-on-terminal.js");
      await playOnTerminal(cassette, { ...options, idleMs }, terminal);
    }
    return EXIT.done;
  } finally {
    await cassette.close();
  }
}

async function printLast(
  cassette: Cassette,
  t_ms: number | undefined,
  stdout: NodeJS.WriteStream,
): Promise<void> {
  const screens = screensOf(cassette);
  try {
    const { screen } = await screens.at({ t_ms: t_ms ?? cassette.final.t_ms });
    await createWriter(stdout).line(screenText(screen.text));
  } finally {
    screens.close();
  }
}

/** What the cassette itself says of pauses. */
function idleHint({ manifest }: Cassette): number | undefined {
  const ours = manifest.optional?.cassette;
  const isMap = typeof ours === "object" && ours !== null && !Array.isArray(ours);
  const seconds = isMap ? ours.idle_time_limit_s : undefined;
  return typeof seconds === "number" && seconds > 0 ? seconds * 1_000 : undefined;
}

function rawIntoPipe(): CassetteError {
  return new CassetteError("CASSETTE_USAGE", "Raw bytes are played on a terminal only.", {
    hint: "For the bytes themselves use `cassette cat --raw`.",
  });
}
