import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { ReadStream, WriteStream } from "node:tty";
import { type ClassifiedInput, createInputClassifier } from "@cassette/core";
import { CassetteError, MAX_TERMINAL_SIZE, type PtySession, type TerminalSize } from "@cassette/format";
import { DEFAULT_SIZE } from "../arguments.js";
import { createLeftModes } from "../output/left-modes.js";
import { forgetTerminal } from "../output/lost-terminal.js";
import { stty } from "../output/stty.js";
import type { TerminalEnd } from "./terminal-end.js";

/** A person's terminal, before it is used. */
export interface PersonTerminal {
  readonly size: TerminalSize;
  /** Puts it into raw mode and joins it to a session until the end is closed. */
  join(session: PtySession, events: PersonEvents): TerminalEnd;
}

/** What a person does besides typing. */
interface PersonEvents {
  /** The key for a mark was pressed. */
  onMark(): void;
  /** The terminal is gone. */
  onGone(): void;
}

/** What may be an answer still is held back no longer than this: a person may have typed it. */
const HOLD_MS = 30;
/** Answers that are still on their way would be typed into the shell: they are awaited this long at most. */
const ANSWERS_MS = 250;
/** Asks whether the terminal works. It answers in order: after this answer none of the program's is to come. */
const LAST_QUESTION = "\x1b[5n";
const LAST_ANSWER = "\x1b[0n";
const ESC = 0x1b;
const INPUT = 0;
const OUTPUT = 1;

/**
 * The terminal on which the command was started: keys, output and size pass through it.
 * @param markKeys the sequences of the key that makes a mark.
 * @throws CassetteError CASSETTE_USAGE if it has no modes to be set.
 */
export function openPersonTerminal(markKeys: readonly string[]): PersonTerminal {
  const saved = stty(INPUT, "-g");
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
      const restoreModes = () => void stty(INPUT, saved);
      stty(INPUT, "raw", "-echo");
      process.once("exit", restoreModes);
      const onContinue = () => void stty(INPUT, "raw", "-echo");
      process.on("SIGCONT", onContinue);
      // Ctrl-Z is the program's; whoever stops the recorder itself finds the terminal as it was.
      const onStop = () => {
        restoreModes();
        process.kill(process.pid, "SIGSTOP");
      };
      process.on("SIGTSTP", onStop);
      const input = passInput(session, markKeys, events);
      let mayHaveAsked = false;
      const modes = createLeftModes();
      const onResize = () => session.resize(sizeOf(process.stdout)).catch(() => {});
      // Node tells this stream alone of changes.
      process.stdout.on("resize", onResize);
      output.on("error", onGone);
      return {
        async show(bytes) {
          modes.watch(bytes);
          mayHaveAsked ||= bytes.includes(ESC);
          if (!output.write(bytes)) await drained(output);
        },
        resized() {},
        async close() {
          if (mayHaveAsked && !output.destroyed) {
            output.write(LAST_QUESTION);
            await input.lastAnswer();
          }
          input.leave();
          process.stdout.off("resize", onResize);
          const rest = modes.restore();
          if (rest !== "" && !output.destroyed) output.write(rest);
          process.off("SIGCONT", onContinue);
          process.off("SIGTSTP", onStop);
          process.off("exit", restoreModes);
          restoreModes();
        },
      };
    },
  };
}

/** Resolves when more can be written, or nothing any more: what is recorded goes on without a terminal. */
async function drained(output: WriteStream): Promise<void> {
  if (output.destroyed) return;
  await new Promise<void>((resolve) => {
    const onSettled = () => {
      for (const event of SETTLED) output.off(event, onSettled);
      resolve();
    };
    for (const event of SETTLED) output.on(event, onSettled);
  });
}

const SETTLED = ["drain", "error", "close"];

/** What comes from the person's terminal. */
interface PassedInput {
  /** Resolves when the terminal has answered everything, or after a while. */
  lastAnswer(): Promise<void>;
  leave(): void;
}

/** Passes on what comes from the terminal. */
function passInput(
  session: PtySession,
  markKeys: readonly string[],
  { onMark, onGone }: PersonEvents,
): PassedInput {
  const input = new ReadStream(INPUT);
  const classifier = createInputClassifier(markKeys);
  let timer: NodeJS.Timeout | undefined;
  const answered = new EventEmitter();
  const pass = (pieces: ClassifiedInput[]) => {
    for (const { bytes, kind } of pieces) {
      if (kind === "answer" && Buffer.from(bytes).toString("latin1") === LAST_ANSWER) answered.emit("last");
      if (kind === "mark") onMark();
      else session.send(bytes, kind).catch(() => {});
    }
  };
  input.on("data", (bytes: Buffer) => {
    clearTimeout(timer);
    pass(classifier.take(bytes));
    if (classifier.held.length > 0) timer = setTimeout(() => pass(classifier.flush()), HOLD_MS);
  });
  input.on("end", onGone);
  input.on("error", onGone);
  return {
    async lastAnswer() {
      // The timer keeps the process: of a closed terminal nothing else may be left to wait for.
      const over = new AbortController();
      const late = sleep(ANSWERS_MS, undefined, { signal: over.signal }).catch(() => {});
      await Promise.race([once(answered, "last"), late]);
      over.abort();
    },
    leave() {
      clearTimeout(timer);
      input.destroy();
    },
  };
}

/** The size for the program: a terminal may report none, or a larger one than can be recorded. */
function sizeOf({ rows, columns }: WriteStream): TerminalSize {
  return {
    rows: Math.min(rows || DEFAULT_SIZE.rows, MAX_TERMINAL_SIZE),
    cols: Math.min(columns || DEFAULT_SIZE.cols, MAX_TERMINAL_SIZE),
  };
}
