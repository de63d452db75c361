import { setTimeout as sleepFor } from "node:timers/promises";
import { systemClock } from "@cassette/core/reader";
import type { Clock, PtyDriver, Sleeper, TerminalSize } from "@cassette/format";
import { DEFAULT_SIZE } from "@cassette/format/units";
import { loadDriver } from "../parts/parts.js";
import { createTerminal } from "./create-terminal.js";
import { createDisplay, type Display, follow } from "./display.js";
import { createProgress, noteEnd, noteFailure } from "./progress.js";
import type { Terminal } from "./terminal.js";

/** What to run, and on what. */
export interface TerminalOptions {
  argv: readonly [string, ...string[]];
  /** Default: 24 rows × 80 columns. */
  size?: TerminalSize;
  cwd?: string;
  /** The whole environment. Default: the caller's. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Ends the program after so many milliseconds. Default: never. */
  timeoutMs?: number;
  /** Runs the program: by default the real terminal of `@cassette/pty`; a recording driver, a replayed recording, or a fake. */
  driver?: PtyDriver;
  /** Shows what is printed. Default: an emulator that draws when its screen is read. */
  createDisplay?: (size: TerminalSize) => Display;
  /** How waits take time. Default: the system's. */
  time?: { clock: Clock; sleep: Sleeper };
}

/** Time as the system has it. */
export const SYSTEM_TIME: NonNullable<TerminalOptions["time"]> = {
  clock: systemClock,
  sleep: (delayMs, signal) => sleepFor(delayMs, undefined, { signal }),
};

/**
 * Starts a program on a terminal of its own.
 * @throws CassetteError of the driver: no such program, an invalid size, a platform without terminals.
 */
export async function openTerminal(options: TerminalOptions): Promise<Terminal> {
  const { argv, size = DEFAULT_SIZE, cwd, env, timeoutMs, time = SYSTEM_TIME } = options;
  const driver = options.driver ?? (await loadDriver());
  const session = await driver.start({ argv, ...size, cwd, env, timeoutMs, clock: time.clock });
  const display = (options.createDisplay ?? createDisplay)(size);
  const progress = createProgress(time.clock);
  const pumped = (async () => {
    try {
      for await (const event of session.events()) await follow(event, { session, display, progress });
    } catch (error) {
      noteFailure(progress, error);
    }
    noteEnd(progress);
  })();

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    await session.close();
    await pumped;
    display.close();
    if (progress.failure && !progress.failure.isReported) throw progress.failure.error;
  }
  return createTerminal({
    session,
    progress,
    screen: display.screen,
    mark: async (label) => session.mark?.(label),
    sleep: time.sleep,
    close: () => (closing ??= close()),
  });
}
