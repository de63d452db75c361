import type { ReadStream, WriteStream } from "node:tty";
import { signalStatus } from "../signals.js";

/** The user's terminal. */
export interface OutputTerminal {
  /** Null where there is no keyboard. */
  input: ReadStream | null;
  output: WriteStream;
}

/**
 * The terminal that a stream writes to; null if it is not a terminal, or a dumb one (an editor's shell). Keys are read
 * if standard input is a terminal, too.
 */
export function outputTerminal(stdout: NodeJS.WriteStream): OutputTerminal | null {
  if (!stdout.isTTY || process.env.TERM === "dumb") return null;
  return { input: process.stdin.isTTY ? process.stdin : null, output: stdout as WriteStream };
}

/** Changes a terminal's state, and restores it in every case. */
export interface TerminalGuard {
  /** Whether the terminal is in the changed state; anything drawn at other times would appear among the shell's output. */
  readonly isInside: boolean;
  enter(): void;
  /** Idempotent. */
  leave(): void;
  /** As Ctrl+Z does: leaves, and stops the process and its group until they are continued. */
  suspend(): void;
  /** Leaves and removes all listeners. */
  close(): void;
}

/** The sequences that a guard writes, and its callbacks. */
export interface GuardOptions {
  /** Written on entering. */
  entering: string;
  /** Written on leaving. */
  leaving: () => string;
  /** Called when the terminal was entered again after a stop. */
  onResume: () => void;
}

const STOPPING_MS = 50;
const ENDING: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

/**
 * Guards a terminal from now on. On a signal that ends the process, an uncaught exception or any exit, it leaves the
 * terminal first.
 */
export function guardTerminal(
  { input, output }: OutputTerminal,
  { entering, leaving, onResume }: GuardOptions,
): TerminalGuard {
  let isInside = false;
  let isClosed = false;

  function enter(): void {
    if (isInside) return;
    isInside = true;
    input?.setRawMode(true);
    output.write(entering);
  }

  function leave(): void {
    if (!isInside) return;
    isInside = false;
    // The terminal may be gone; then there is nothing to restore.
    attempt(() => output.write(leaving()));
    attempt(() => input?.setRawMode(false));
  }

  const onEnd = (signal: NodeJS.Signals) => {
    leave();
    process.exit(signalStatus(signal));
  };
  const onHangup = () => onEnd("SIGHUP");

  function stop(whom: number): void {
    leave();
    // With our handler installed the signal would not stop the process.
    process.off("SIGTSTP", onStop);
    process.kill(whom, "SIGTSTP");
    // Runs when the process continues; at once without job control, where the system ignores the signal.
    setTimeout(resume, STOPPING_MS);
  }
  const onStop = () => stop(process.pid);

  /** After a stop the terminal may be in any state. */
  function resume(): void {
    if (isClosed) return;
    process.off("SIGTSTP", onStop).on("SIGTSTP", onStop);
    if (isInside) attempt(() => input?.setRawMode(false));
    isInside = false;
    enter();
    onResume();
  }

  for (const signal of ENDING) process.on(signal, onEnd);
  process.on("SIGTSTP", onStop);
  process.on("SIGCONT", resume);
  process.on("exit", leave);
  process.on("uncaughtExceptionMonitor", leave);
  // A terminal that was closed: reading ends or fails, writing fails.
  input?.on("end", onHangup).on("error", onHangup);
  output.on("error", onHangup);

  return {
    get isInside() {
      return isInside;
    },
    enter,
    leave,
    suspend: () => stop(0),
    close() {
      leave();
      isClosed = true;
      for (const signal of ENDING) process.off(signal, onEnd);
      process.off("SIGTSTP", onStop);
      process.off("SIGCONT", resume);
      process.off("exit", leave);
      process.off("uncaughtExceptionMonitor", leave);
      input?.off("end", onHangup).off("error", onHangup);
      output.off("error", onHangup);
    },
  };
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // See the caller.
  }
}
