import type { EventEmitter } from "node:events";
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

/** A guarded terminal. */
interface Guard {
  readonly terminal: OutputTerminal;
  readonly options: GuardOptions;
  isInside: boolean;
  isClosed: boolean;
  /** Handles SIGTSTP. */
  readonly onStop: () => void;
}

type Listening = [emitter: EventEmitter | null, event: string, listener: Parameters<EventEmitter["on"]>[1]];

const STOPPING_MS = 50;
const ENDING: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

/**
 * Guards a terminal from now on. On a signal that ends the process, an uncaught exception or any exit, it leaves the
 * terminal first.
 */
export function guardTerminal(terminal: OutputTerminal, options: GuardOptions): TerminalGuard {
  const guard: Guard = {
    terminal,
    options,
    isInside: false,
    isClosed: false,
    onStop: () => stop(guard, process.pid),
  };
  const listening = listenersOf(guard);
  for (const [emitter, event, listener] of listening) emitter?.on(event, listener);
  return {
    get isInside() {
      return guard.isInside;
    },
    enter: () => enter(guard),
    leave: () => leave(guard),
    suspend: () => stop(guard, 0),
    close() {
      leave(guard);
      guard.isClosed = true;
      for (const [emitter, event, listener] of listening) emitter?.off(event, listener);
    },
  };
}

function listenersOf(guard: Guard): Listening[] {
  const { input, output } = guard.terminal;
  const onExit = () => leave(guard);
  const onEnd = (signal: NodeJS.Signals) => {
    leave(guard);
    process.exit(signalStatus(signal));
  };
  const onHangup = () => onEnd("SIGHUP");
  return [
    ...ENDING.map((signal): Listening => [process, signal, onEnd]),
    [process, "SIGTSTP", guard.onStop],
    [process, "SIGCONT", () => resume(guard)],
    [process, "exit", onExit],
    [process, "uncaughtExceptionMonitor", onExit],
    // A terminal that was closed: reading ends or fails, writing fails.
    [input, "end", onHangup],
    [input, "error", onHangup],
    [output, "error", onHangup],
  ];
}

function enter(guard: Guard): void {
  if (guard.isInside) return;
  guard.isInside = true;
  guard.terminal.input?.setRawMode(true);
  guard.terminal.output.write(guard.options.entering);
}

function leave(guard: Guard): void {
  if (!guard.isInside) return;
  guard.isInside = false;
  const { input, output } = guard.terminal;
  // The terminal may be gone; then there is nothing to restore.
  attempt(() => output.write(guard.options.leaving()));
  attempt(() => input?.setRawMode(false));
}

/** @param pid the process to stop; 0 for the process group. */
function stop(guard: Guard, pid: number): void {
  leave(guard);
  // With our handler installed the signal would not stop the process.
  process.off("SIGTSTP", guard.onStop);
  process.kill(pid, "SIGTSTP");
  // Runs when the process continues; at once without job control, where the system ignores the signal.
  setTimeout(resume, STOPPING_MS, guard);
}

/** After a stop the terminal may be in any state. */
function resume(guard: Guard): void {
  if (guard.isClosed) return;
  process.off("SIGTSTP", guard.onStop).on("SIGTSTP", guard.onStop);
  if (guard.isInside) attempt(() => guard.terminal.input?.setRawMode(false));
  guard.isInside = false;
  enter(guard);
  guard.options.onResume();
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // See the caller.
  }
}
