import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { ReadStream, WriteStream } from "node:tty";
import { createInputTeller, type ToldInput } from "@cassette/core";
import { CassetteError, type PtySession, type TerminalSize } from "@cassette/format";
import { createLeftModes } from "../output/left-modes.js";
import { forgetTerminal } from "../output/lost-terminal.js";
import type { TerminalEnd } from "./terminal-end.js";

/** A person's terminal, before it is used. */
export interface PersonTerminal {
  readonly size: TerminalSize;
  /** Puts it into raw mode and joins it to a session until the end is closed. */
  join(session: PtySession, events: PersonEvents): TerminalEnd;
}

/** What a person does besides typing. */
export interface PersonEvents {
  /** The key for a mark was pressed. */
  onMark(): void;
  /** The terminal is gone. */
  onGone(): void;
}

/** What may be an answer still is held back no longer than this: a person may have typed it. */
const HOLD_MS = 30;
const INPUT = 0;
const OUTPUT = 1;

/**
 * The terminal on which the command was started: keys, output and size pass through it.
 * @param markKeys the sequences of the key that makes a mark.
 * @throws CassetteError CASSETTE_USAGE if it has no modes to be set.
 */
export function openPersonTerminal(markKeys: readonly string[]): PersonTerminal {
  const saved = stty("-g");
  if (saved === null) {
    throw new CassetteError("CASSETTE_USAGE", "The terminal's modes cannot be read.", {
      hint: "Use --headless, or a terminal of which `stty -g` can tell the modes.",
    });
  }
  // Streams of its own: what happens to them is not taken for the end of the command's output.
  const output = new WriteStream(OUTPUT);
  return {
    size: sizeOf(output),
    join(session, given) {
      const onGone = () => {
        process.once("exit", forgetTerminal);
        given.onGone();
      };
      const events = { ...given, onGone };
      const restoreModes = () => void stty(saved);
      // Node's own raw mode would still turn each newline into two characters.
      stty("raw", "-echo");
      process.once("exit", restoreModes);
      const onContinue = () => void stty("raw", "-echo");
      process.on("SIGCONT", onContinue);
      const leave = passInput(session, markKeys, events);
      const modes = createLeftModes();
      const onResize = () => session.resize(sizeOf(process.stdout)).catch(() => {});
      // Node tells this stream alone of changes.
      process.stdout.on("resize", onResize);
      output.on("error", onGone);
      return {
        async show(bytes) {
          modes.watch(bytes);
          if (!output.write(bytes) && !output.destroyed)
            await Promise.race([once(output, "drain"), once(output, "close")]);
        },
        resized() {},
        async close() {
          leave();
          process.stdout.off("resize", onResize);
          const rest = modes.restore();
          if (rest !== "") output.write(rest);
          process.off("SIGCONT", onContinue);
          process.off("exit", restoreModes);
          restoreModes();
        },
      };
    },
  };
}

/** Passes on what comes from the terminal. @returns what ends that. */
function passInput(
  session: PtySession,
  markKeys: readonly string[],
  { onMark, onGone }: PersonEvents,
): () => void {
  const input = new ReadStream(INPUT);
  const teller = createInputTeller(markKeys);
  let timer: NodeJS.Timeout | undefined;
  const pass = (told: ToldInput[]) => {
    for (const { bytes, kind } of told) {
      if (kind === "mark") onMark();
      else session.send(bytes, kind).catch(() => {});
    }
  };
  input.on("data", (bytes: Buffer) => {
    clearTimeout(timer);
    pass(teller.take(bytes));
    if (teller.isHolding) timer = setTimeout(() => pass(teller.flush()), HOLD_MS);
  });
  input.on("end", onGone);
  input.on("error", onGone);
  return () => {
    clearTimeout(timer);
    input.destroy();
  };
}

function sizeOf({ rows, columns }: WriteStream): TerminalSize {
  return { rows, cols: columns };
}

/** Runs stty on the person's terminal; null if that fails. */
function stty(...args: string[]): string | null {
  const { status, stdout } = spawnSync("stty", args, { stdio: [INPUT, "pipe", "ignore"], encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}
