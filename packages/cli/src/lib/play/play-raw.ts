import { setTimeout as sleep } from "node:timers/promises";
import { type Cassette, createAbsoluteSleeper, replay, systemClock } from "@cassette/core/reader";
import { createModeRestorer } from "../output/mode-restorer/mode-restorer.js";
import { createKeyInput } from "./key-input.js";
import type { PlayOptions } from "./play-options.js";
import { guardTerminal, type OutputTerminal } from "./terminal-guard.js";

/** Replies of the terminal to queries in the recording arrive within this time. */
const DRAIN_MS = 200;

/** What a function that plays raw bytes receives. */
export interface RawPlayback {
  /** To be called with all bytes that are changed. */
  watch: (bytes: Uint8Array) => void;
  /** Aborted when a key ends it. */
  quit: AbortSignal;
}

/**
 * Discards the terminal's replies, which would be typed into the shell, and restores at the end what the recording
 * changed.
 */
export async function withRepliesDiscarded(
  terminal: OutputTerminal,
  action: (show: RawPlayback) => Promise<void>,
): Promise<void> {
  const modes = createModeRestorer(() => ({ rows: terminal.output.rows, cols: terminal.output.columns }));
  const keys = createKeyInput(terminal.input);
  const guard = guardTerminal(terminal, {
    entering: "",
    leaving: () => `${modes.restore()}\r\n`,
    onResume: () => void terminal.output.write(modes.reapply()),
  });
  const controller = new AbortController();
  const watching = setInterval(() => {
    if (keys.take().some((key) => key === "q" || key === "ctrl+c")) controller.abort();
  }, DRAIN_MS / 4);
  try {
    guard.enter();
    await action({ watch: modes.watch, quit: controller.signal });
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  } finally {
    await sleep(DRAIN_MS);
    clearInterval(watching);
    guard.close();
    keys.close();
  }
}

/** Plays the unchanged bytes of a recording, for a user who trusts them. q and Ctrl+C end it. */
export async function playRaw(
  cassette: Cassette,
  { mode, speed, idleMs = Number.POSITIVE_INFINITY }: PlayOptions,
  terminal: OutputTerminal,
): Promise<void> {
  const absolute = createAbsoluteSleeper(systemClock);
  const timing = mode === "collapsed" ? { mode } : { mode: "scaled" as const, scale: 1 / speed };
  await withRepliesDiscarded(terminal, async ({ watch, quit: signal }) => {
    const sleeper = (ms: number) => absolute(Math.min(ms, idleMs / speed), signal);
    for await (const event of replay(cassette, { ...timing, sleeper, signal })) {
      if (event.kind !== "output") continue;
      const bytes = await cassette.bytes(event.record);
      watch(bytes);
      terminal.output.write(bytes);
    }
  });
}
