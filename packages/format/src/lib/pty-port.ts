import type { Clock } from "./clock.js";

/** Size of a terminal in our own API (on the wire it is {@link Size}). */
export interface TerminalSize {
  rows: number;
  cols: number;
}

/** What to start. */
export interface PtyStartOptions {
  /** Program and arguments. A program without a slash is searched in `env.PATH`. */
  argv: readonly [string, ...string[]];
  /** Working directory. Default: the caller's. A program with a slash is relative to this directory. */
  cwd?: string;
  /** The whole environment of the program. Default: the caller's, without LINES and COLUMNS. */
  env?: Readonly<Record<string, string | undefined>>;
  /** 1 to 500. */
  rows: number;
  /** 1 to 500. */
  cols: number;
  /** Ends the program after this many milliseconds; the exit has `timedOut`. */
  timeoutMs?: number;
  /** Ends the program when aborted. */
  signal?: AbortSignal;
  clock?: Clock;
}

/** Port: starts programs on pseudo-terminals. */
export interface PtyDriver {
  /**
   * Starts a program.
   * @throws CassetteError before any child exists when the program, the directory or the size cannot be used.
   */
  start(options: PtyStartOptions): Promise<PtySession>;
}

/** Port: one program on one pseudo-terminal. Every method may be called at any time, in any order. */
export interface PtySession {
  /** Process id of the program. */
  readonly pid: number;
  /**
   * All events, in order, once, without loss. Pulled: while no consumer pulls, at most a bounded amount is
   * read ahead; then the kernel blocks the program. May be iterated once.
   */
  events(): AsyncIterable<PtyEvent>;
  /** The output alone, of the same single stream: iterate either this or {@link events}. */
  output(): AsyncIterable<PtyOutputEvent>;
  /** Of a replay: the place (`seq`) of the recorded input that it waits for; null while it waits for none. */
  awaited?(): number | null;
  /**
   * Sends bytes; resolves when the terminal has taken them, which may be in several pieces with an event each. All
   * input is sent in the order of the calls.
   * @throws CassetteError `CASSETTE_SESSION_CLOSED`, `CASSETTE_INPUT_OVERFLOW`; so do the other ways to send.
   */
  send(bytes: Uint8Array, origin?: InputOrigin): Promise<void>;
  /** Sends text as UTF-8. */
  sendText(text: string): Promise<void>;
  /**
   * Sends the bytes of a named key ("Enter", "C-c", "ctrl-c", "F5").
   * @throws CassetteError `CASSETTE_KEY_UNKNOWN`
   */
  sendKey(key: string): Promise<void>;
  /** Sends text as a paste: bracketed if the program has asked for it. */
  paste(text: string): Promise<void>;
  /**
   * Sends bytes that are data and not keys: in canonical mode the control characters on which the terminal would act
   * are quoted (Ctrl-V), so that the program reads exactly these bytes. From then on no replies are sent in canonical mode:
   * the echo of data may be a query.
   */
  sendData(bytes: Uint8Array): Promise<void>;
  /**
   * Sends an end of file: Ctrl-D in canonical mode, twice in mid-line, where the first only passes the line on.
   * Resolves with false, and sends nothing, in any other mode: there Ctrl-D is a key like any other.
   */
  sendEndOfFile(options?: { isMidLine?: boolean }): Promise<boolean>;
  /** @throws CassetteError `CASSETTE_SIZE_INVALID`, `CASSETTE_SESSION_CLOSED` after the program's exit. */
  resize(size: TerminalSize): Promise<void>;
  /**
   * Sends a signal (`SIGTERM`) to the program's process group.
   * @throws CassetteError `CASSETTE_SIGNAL_UNKNOWN`, `CASSETTE_SESSION_CLOSED` after the program's exit.
   */
  signal(name: string): Promise<void>;
  /** Notes a moment that readers of the recording can name. Present on a session that is being recorded. */
  mark?(label: string): Promise<void>;
  /** Ends every process of the session: hang-up first, then SIGKILL. Resolves with a report. */
  kill(): Promise<KillReport>;
  /** Resolves when the program has ended. Output may still follow. */
  wait(): Promise<PtyExit>;
  /** Kills running processes and releases everything; needed even after the program's exit. Idempotent. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Where input came from: typed, a reply to a terminal query, or typed and not to be recorded. */
export type InputOrigin = "typed" | "answer" | "secret";

/** The terminal's line discipline at one moment. */
export interface TerminalModes {
  /** Canonical mode: lines, with the kernel's editing. */
  canonical: boolean;
  /** Whether the kernel echoes input. Off in canonical mode means a password prompt. */
  echo: boolean;
}

/**
 * What a session knows of its terminal's modes. "unreadable": reading them failed this time. Null: it has none, as a
 * replayed session has none.
 */
export type KnownModes = TerminalModes | "unreadable" | null;

/** An event of a session. `seq` counts from 1; `t_ms` is since the start, not quantised. */
export type PtyEvent =
  | PtyOutputEvent
  | PtyInputEvent
  | PtyResizeEvent
  | PtySignalEvent
  | PtyExitEvent
  | PtyEndEvent;

interface PtyEventBase {
  seq: number;
  t_ms: number;
}

/** The bytes of one read. */
export interface PtyOutputEvent extends PtyEventBase {
  kind: "output";
  /** Offset of the first byte in all of the session's output. */
  offset: number;
  bytes: Uint8Array;
  /** On the first output after an input: the terminal's modes now. */
  modes?: KnownModes;
}

/** Bytes were sent. */
export interface PtyInputEvent extends PtyEventBase {
  kind: "input";
  bytes: Uint8Array;
  /** Wire name of the key, when it was sent as one. */
  key?: string;
  origin: InputOrigin;
  /** The terminal's modes just before the write. */
  modes: KnownModes;
}

/** The terminal's size changed. */
export interface PtyResizeEvent extends PtyEventBase {
  kind: "resize";
  size: TerminalSize;
}

/** A signal was sent. */
export interface PtySignalEvent extends PtyEventBase {
  kind: "signal";
  /** `SIGTERM` and so on. */
  signal: string;
}

/** The program ended; all of its own output precedes this event. Output of background processes may follow. */
export interface PtyExitEvent extends PtyEventBase {
  kind: "exit";
  exit: PtyExit;
}

/** The stream ended. Always the last event. */
export interface PtyEndEvent extends PtyEventBase {
  kind: "end";
  /** End of file; a background job still held the terminal after the grace; closed by the caller; a read error. */
  reason: "eof" | "held" | "closed" | "error";
  /** Bytes of output in all. */
  totalBytes: number;
}

/** How a program ended: by a code or by a signal, never both. */
export interface PtyExit {
  /** Exit code, or null after a signal. */
  code: number | null;
  /** `SIGKILL` and so on, "signal N" without a name; null after an exit. */
  signal: string | null;
  /** Ended because `timeoutMs` had passed. */
  timedOut?: boolean;
}

/** The result of {@link PtySession.kill}. */
export interface KillReport {
  /** Whether SIGKILL was needed. */
  forced: boolean;
  /** Descendants of the program that are still alive, including those that have left its session. */
  survivors: number[];
}
