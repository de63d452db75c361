import { setTimeout as sleepFor } from "node:timers/promises";
import { systemClock } from "@cassette/core/reader";
import type { Emulator, PtyDriver, PtyEvent, PtyExit } from "@cassette/format";
import { createXtermEmulator } from "@cassette/frames";
import { createChangeNotifier } from "./change-notifier.js";
import { createSessionLog } from "./session-log.js";
import type { Terminal, TerminalOptions } from "./terminal.js";
import { createWaits } from "./waits.js";

const SYSTEM_TIME: NonNullable<TerminalOptions["time"]> = {
  clock: systemClock,
  sleep: (delayMs, signal) => sleepFor(delayMs, undefined, { signal }),
};

/**
 * Starts a program on a terminal of its own for a test.
 * @throws CassetteError of the driver: no such program, an invalid size, a platform without terminals.
 */
export async function openTerminal(options: TerminalOptions): Promise<Terminal> {
  const { argv, size = { rows: 24, cols: 80 }, cwd, env, time = SYSTEM_TIME } = options;
  const driver = options.driver ?? (await realDriver());
  const session = await driver.start({ argv, ...size, cwd, env, clock: time.clock });
  const emulator = createXtermEmulator(size);
  const log = createSessionLog(emulator, size, argv.join(" "));
  const changes = createChangeNotifier();
  const progress: Progress = { lastEventMs: time.clock.monotonic(), hasEnded: false };
  const stir = () => {
    progress.lastEventMs = time.clock.monotonic();
  };

  const react = async (event: PtyEvent): Promise<void> => {
    await log.note(event);
    if (event.kind === "output") {
      answer(emulator, (reply) => session.send(reply, "answer"));
      stir();
    }
    if (event.kind === "exit") progress.exit = event.exit;
    changes.changed();
  };
  const pumped = (async () => {
    try {
      for await (const event of session.events()) await react(event);
    } catch (error) {
      progress.failure = { error, isReported: false };
    }
    progress.hasEnded = true;
    changes.changed();
  })();

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      await session.close();
      await pumped;
      emulator.close();
      if (progress.failure && !progress.failure.isReported) throw progress.failure.error;
    })();
    return closing;
  };
  return {
    session,
    type: (text) => session.sendText(text).then(stir),
    async press(...keys) {
      for (const key of keys) await session.sendKey(key);
      stir();
    },
    paste: (text) => session.paste(text).then(stir),
    resize: (next) => session.resize(next).then(stir),
    mark: (label) => log.mark(label),
    screen: () => emulator.snapshot({ cells: true }),
    ...createWaits({ emulator, log, changes, progress, time }),
    evidence: () => log.evidence(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** How far a session has come. */
export interface Progress {
  /** When something was last printed or done. */
  lastEventMs: number;
  exit?: PtyExit;
  /** All of the output was seen. */
  hasEnded: boolean;
  /** Why the session failed. Thrown by the first wait that meets it, otherwise by closing. */
  failure?: { error: unknown; isReported: boolean };
}

/** Loads native code, so only when a real program is wanted. */
async function realDriver(): Promise<PtyDriver> {
  const { createPtyDriver } = await import("@cassette/pty");
  return createPtyDriver();
}

/** Not awaited: a program that does not read must not stop its own output from being seen. */
function answer(emulator: Emulator, send: (reply: Uint8Array) => Promise<void>): void {
  for (const reply of emulator.takeReplies()) send(reply).catch(() => {});
}
