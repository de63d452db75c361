import type { TerminalModes, TerminalSize } from "@cassette/format";

/** What a fake program does. Returning is exit code 0, throwing 1. */
export type FakeProgram = (terminal: FakeTerminal) => Promise<void>;

/**
 * A fake program's view of its terminal. There is no line discipline: the program gets the raw input, and echoes itself
 * if it wants to. Once the process has been killed every method throws, which ends the program.
 */
export interface FakeTerminal {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly size: TerminalSize;
  /** Writes; one write arrives as one chunk. Waits while the terminal is full. */
  write(output: string | Uint8Array): Promise<void>;
  /** The next bytes that were sent; waits for them. */
  read(): Promise<Uint8Array>;
  /** Waits, in virtual time. */
  sleep(ms: number): Promise<void>;
  /** Sets the modes that the session reads at input. Initially canonical with echo. */
  setModes(modes: TerminalModes): void;
  /** Handles a signal, which otherwise kills; `SIGWINCH` follows a resize. SIGKILL cannot be caught. */
  onSignal(name: NodeJS.Signals, react: () => void): void;
  /** Ends the program, from any depth of calls. */
  exit(code: number): never;
  /** Starts another process of the session, which keeps the terminal open after the program's exit. */
  fork(program: FakeProgram): void;
}
