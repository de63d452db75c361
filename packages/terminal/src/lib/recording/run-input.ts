import { setTimeout as sleep } from "node:timers/promises";
import { CassetteError, isCassetteError } from "@cassette/format";
import type { Terminal } from "../terminal/terminal.js";
import type { InputSource } from "./options.js";

/** How long a program may run after the last input. */
const GRACE_MS = 10_000;

/**
 * Types the input, and gives the program time to end afterwards.
 * @param ended settles when the program has ended and all of its output was seen.
 * @throws CassetteError `CASSETTE_PROGRAM_STILL_RUNNING`; what the source throws; `signal.reason` when aborted.
 */
export async function runInput(
  { run, file, graceMs = GRACE_MS, atEnd = "fail" }: InputSource,
  terminal: Terminal,
  ended: Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  await run(terminal, signal);
  if (atEnd === "wait") return void (await ended);
  if (atEnd === "hangup") {
    await terminal.signal("SIGHUP").catch(ignoreEnd);
    if (await endsWithin(ended, graceMs, signal)) return;
  }
  if (atEnd !== "fail") return void (await terminal.session.kill());
  if (await endsWithin(ended, graceMs, signal)) return;
  throw new CassetteError("CASSETTE_PROGRAM_STILL_RUNNING", "The script ended and the program did not.", {
    file,
    hint: `Let the script end the program: it had ${graceMs / 1_000} s after the last step.`,
  });
}

/** It may have ended by itself. */
function ignoreEnd(error: unknown): void {
  if (!isCassetteError(error, "CASSETTE_SESSION_CLOSED")) throw error;
}

async function endsWithin(ended: Promise<unknown>, ms: number, signal: AbortSignal): Promise<boolean> {
  const timer = new AbortController();
  const either = AbortSignal.any([signal, timer.signal]);
  try {
    return await Promise.race([ended.then(() => true), sleep(ms, false, { signal: either })]);
  } finally {
    timer.abort();
  }
}
