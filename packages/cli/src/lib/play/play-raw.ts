import { setTimeout as sleep } from "node:timers/promises";
import { type Cassette, createAbsoluteSleeper, replay, systemClock } from "@cassette/core/reader";
import { createKeyInput } from "./key-input.js";
import type { PlayOptions } from "./play-options.js";
import { guardTerminal, type PersonsTerminal } from "./terminal-guard.js";

/** Undoes what a recording may have done: modes, mouse, paste, keypad, keyboard, charset, colours, link, scroll region. */
const RESET = [
  "\x18\x1b\\\x1b[?2026l\x1b[?1049l\x1b[!p\x1b[r",
  ...[1, 9, 66, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2004, 2031].map((mode) => `\x1b[?${mode}l`),
  "\x1b[4l\x1b[20l\x1b>\x1b[<9u\x1b[>4m\x1b[0m\x1b]8;;\x1b\\\x0f\x1b(B\x1b[?7h\x1b[?25h\r\n",
].join("");
/** What the terminal answers to queries in the recording comes within this. */
const DRAIN_MS = 200;

/** Puts a terminal into the state in which nothing it answers can be typed into the shell. */
export async function besideReplies(
  terminal: PersonsTerminal,
  action: (quit: AbortSignal) => Promise<void>,
): Promise<void> {
  const keys = createKeyInput(terminal.input);
  const guard = guardTerminal(terminal, { entering: "", leaving: RESET, onResume: () => {} });
  const controller = new AbortController();
  const watching = setInterval(() => {
    if (keys.take().some((key) => key === "q" || key === "ctrl+c")) controller.abort();
  }, DRAIN_MS / 4);
  try {
    guard.enter();
    await action(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  } finally {
    await sleep(DRAIN_MS);
    clearInterval(watching);
    guard.close();
    keys.close();
  }
}

/** Plays the very bytes of a recording, for who trusts them. q and Ctrl+C end it. */
export async function playRaw(
  cassette: Cassette,
  { mode, speed, idleMs = Number.POSITIVE_INFINITY }: PlayOptions,
  terminal: PersonsTerminal,
): Promise<void> {
  const absolute = createAbsoluteSleeper(systemClock);
  const timing = mode === "collapsed" ? { mode } : { mode: "scaled" as const, scale: 1 / speed };
  await besideReplies(terminal, async (signal) => {
    const sleeper = (ms: number) => absolute(Math.min(ms, idleMs / speed), signal);
    for await (const event of replay(cassette, { ...timing, sleeper, signal })) {
      if (event.kind === "output") terminal.output.write(await cassette.bytes(event.record));
    }
  });
}
