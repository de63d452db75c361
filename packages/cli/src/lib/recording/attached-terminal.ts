import { EventEmitter, once } from "node:events";
import { writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ReadStream, WriteStream } from "node:tty";
import { type ClassifiedInput, createInputClassifier } from "@cassette/core";
import { CassetteError, MAX_TERMINAL_SIZE, type PtySession, type TerminalSize } from "@cassette/format";
import { DEFAULT_SIZE } from "@cassette/format/units";
import type { Attachment, LiveRecording } from "@cassette/terminal";
import { releaseTerminal } from "../output/release-terminal.js";
import { stty } from "../output/stty.js";
import { createAttachedScreen } from "./attached-screen.js";
import { createJobControl } from "./job-control.js";

/** The user's terminal, before it is attached. */
export interface UserTerminal {
  readonly size: TerminalSize;
  /** Puts it into raw mode and attaches it to a recording until that closes it. */
  attach(live: LiveRecording): AttachedTerminal;
}

/** The user's end of the program's terminal. */
interface AttachedTerminal extends Attachment {
  /** Takes which of the program's processes are stopped: stops with them, and continues them when the shell continues it. */
  stopsChanged(pids: readonly number[]): void;
}

/** What happens at the user's terminal. */
interface TerminalEvents {
  /** The key for a mark was pressed. */
  onMark(): void;
  /** Called when the terminal is gone. */
  onGone(): void;
}

/** The start of a possible reply is held back no longer than this: the user may have typed it. */
const HOLD_MS = 30;
/** Late replies would be typed into the shell: they are awaited this long at most. */
const ANSWERS_MS = 250;
/** A status query (DSR). A terminal replies in order: after this reply, none for the program is outstanding. */
const LAST_QUESTION = "\x1b[5n";
const LAST_ANSWER = "\x1b[0n";
const STOPPED = "\r\nThe program is stopped: `fg` continues it and the recording.\r\n";
const INPUT = 0;
const OUTPUT = 1;

/**
 * The terminal on which the command was started: keys, output and size pass through it.
 * @param markKeys the sequences of the key that makes a mark.
 * @throws CassetteError CASSETTE_USAGE if its modes cannot be read.
 */
export function openUserTerminal(markKeys: readonly string[]): UserTerminal {
  const saved = stty(INPUT, "-g");
  if (saved === null) {
    throw new CassetteError("CASSETTE_USAGE", "The terminal's modes cannot be read.", {
      hint: "Use --headless, or a terminal whose modes `stty -g` can read.",
    });
  }
  // Separate streams: an error on them does not count as the end of the command's output.
  const output = new WriteStream(OUTPUT);
  return {
    size: sizeOf(output),
    attach({ session, mark, interrupt, draw }) {
      const onGone = () => {
        process.once("exit", releaseTerminal);
        interrupt();
      };
      let marks = 0;
      const onMark = () => void mark(`mark ${++marks}`).catch(() => {});
      const restoreModes = () => void stty(INPUT, saved);
      stty(INPUT, "raw", "-echo");
      const restoreAll = () => {
        restoreModes();
        writeNow(screen.left());
      };
      process.once("exit", restoreAll);
      const input = passInput(session, markKeys, { onMark, onGone });
      const screen = createAttachedScreen(output, () => sizeOf(output), draw);
      /** Processes that are stopped and continue together with the recorder. */
      let stopped: readonly number[] = [];
      const job = createJobControl({
        onLeave() {
          screen.leave();
          if (stopped.length > 0) screen.write(STOPPED);
          restoreModes();
        },
        async onReturn(wasLeft) {
          stty(INPUT, "raw", "-echo");
          if (!wasLeft) return;
          await screen.enter();
          continueProgram(session, stopped);
          stopped = [];
        },
        onAlone: () => screen.write(noShell(stopped)),
      });
      const onResize = () => session.resize(sizeOf(process.stdout)).catch(() => {});
      // Node reports size changes on this stream only.
      process.stdout.on("resize", onResize);
      output.on("error", onGone);
      return {
        answers: true,
        show: screen.show,
        stopsChanged(pids) {
          if (pids.length === 0) return job.resume();
          stopped = pids;
          job.stop();
        },
        async close() {
          if (screen.mayHaveAsked && !output.destroyed) {
            output.write(LAST_QUESTION);
            await input.lastAnswer();
          }
          input.leave();
          process.stdout.off("resize", onResize);
          if (!job.isAway) screen.leave();
          job.close();
          process.off("exit", restoreAll);
          restoreModes();
        },
      };
    },
  };
}

/** Writes synchronously, at the exit of the process. */
function writeNow(text: string): void {
  try {
    writeSync(OUTPUT, text);
  } catch {
    // The terminal is gone.
  }
}

function noShell(stopped: readonly number[]): string {
  return `No shell can continue it here: \`kill -CONT ${stopped.join(" ")}\` does.\r\n`;
}

/** Continues the stopped processes and the rest of the program. */
function continueProgram(session: PtySession, stopped: readonly number[]): void {
  if (stopped.length === 0) return;
  session.signal("SIGCONT").catch(() => {});
  for (const pid of stopped) {
    try {
      process.kill(pid, "SIGCONT");
    } catch {
      // It has ended.
    }
  }
}

/** Input from the user's terminal. */
interface PassedInput {
  /** Resolves when the terminal has replied to everything, or after a while. */
  lastAnswer(): Promise<void>;
  leave(): void;
}

/** Forwards input from the terminal to the session. */
function passInput(
  session: PtySession,
  markKeys: readonly string[],
  { onMark, onGone }: TerminalEvents,
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
      // The timer keeps the process alive: with a closed terminal nothing else may.
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

/** The size for the program: a terminal may report none, or one that is too large to record. */
function sizeOf({ rows, columns }: WriteStream): TerminalSize {
  return {
    rows: Math.min(rows || DEFAULT_SIZE.rows, MAX_TERMINAL_SIZE),
    cols: Math.min(columns || DEFAULT_SIZE.cols, MAX_TERMINAL_SIZE),
  };
}
