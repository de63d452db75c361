import type { PtySession, PtyStartOptions } from "@cassette/format";
import type { SuiteProgram } from "./programs.js";
import { type Transcript, transcribe } from "./transcript.js";

/** What the suite needs of a driver under test. */
export interface SessionHarness {
  /** Starts one of the suite's programs, 24 × 80 by default. */
  start(program: SuiteProgram, options?: Partial<PtyStartOptions>): Promise<PtySession>;
  /** Lets time pass. */
  elapse(ms: number): Promise<void>;
  /** The driver knows a terminal's modes only in canonical mode without echo; otherwise they are null. */
  knowsNoModes?: boolean;
}

/** One behaviour of every session. */
export interface SessionBehaviour {
  /** In the present tense, to follow "a session". */
  name: string;
  /** Throws an `AssertionError` if the session does not. */
  check(harness: SessionHarness): Promise<void>;
}

/** Runs `use` with a session and its transcript, and closes it. */
export async function withSession(
  harness: SessionHarness,
  program: SuiteProgram,
  use: (session: PtySession, transcript: Transcript) => Promise<void>,
  options?: Partial<PtyStartOptions>,
): Promise<void> {
  const session = await harness.start(program, options);
  try {
    await use(session, transcribe(session));
  } finally {
    await session.close();
  }
}
