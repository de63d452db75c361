import { openCassette, replay } from "@cassette/core/reader";
import { createXtermEmulator } from "@cassette/frames";
import { EXIT } from "../output/exit-status.js";
import type { Streams } from "../output/report-error.js";
import { createScreenPainter } from "../output/screen-painter.js";
import { listenForSignals, signalStatus } from "../recording/signals.js";
import { screenText } from "./frames.js";

/** Options of `cassette play`, as the command line gives them. */
export interface PlayOptions {
  mode: "realtime" | "collapsed";
  /** Times as fast as recorded. */
  speed: number;
}

/**
 * Shows a cassette's screens as they came. The recorded bytes go to an emulator and never to the person's terminal,
 * which they could make write its clipboard or type its answers into the shell.
 */
export async function play(dir: string, { mode, speed }: PlayOptions, { stdout }: Streams): Promise<number> {
  const cassette = await openCassette(dir);
  const { initial_rows: rows, initial_cols: cols } = cassette.manifest.terminal;
  const emulator = createXtermEmulator({ rows, cols });
  const painter = stdout.isTTY ? createScreenPainter(emulator, stdout) : undefined;
  const signals = listenForSignals();
  try {
    const timing = mode === "collapsed" ? { mode } : { mode: "scaled" as const, scale: 1 / speed };
    for await (const event of replay(cassette, { ...timing, signal: signals.interrupt })) {
      if (event.kind === "output") await emulator.feed(await cassette.bytes(event.record));
      if (event.kind === "input" && event.record.size) {
        emulator.resize({ rows: event.record.size.Rows, cols: event.record.size.Cols });
      }
      painter?.changed();
    }
    if (!painter) stdout.write(`${screenText(emulator.snapshot().text)}\n`);
    return EXIT.done;
  } catch (error) {
    if (signals.received) return signalStatus(signals.received);
    throw error;
  } finally {
    painter?.close();
    signals.stop();
    emulator.close();
    await cassette.close();
  }
}
