import { setTimeout as sleep } from "node:timers/promises";
import { CassetteError, isCassetteError, type PtyExit, type PtySession } from "@cassette/format";
import type { EventRecorder } from "./event-recorder.js";
import type { LiveScreen } from "./live-screen.js";
import type { TerminalFrontend } from "./terminal-frontend.js";

/** What types by itself. */
export interface InputSource {
  /** Its path, for errors. */
  file: string;
  /** Types until there is nothing more to be typed. @throws CassetteError when a wait fails. */
  run(terminal: InputTarget, signal: AbortSignal): Promise<void>;
  /** How long the program may go on afterwards. Default: 10 s. */
  graceMs?: number;
}

/** What a typist types on. */
export interface InputTarget {
  session: PtySession;
  screen: LiveScreen;
  /** Notes a mark in the recording. */
  mark(label: string): Promise<void>;
}

/** What is asked of a session. */
export interface SessionRequest {
  inputSource?: InputSource;
  /** Aborting ends the program; what was recorded until then is kept. */
  interrupt?: AbortSignal;
}

/** How long a program may go on after its script's last step. */
const AFTER_TYPING_MS = 10_000;

/** A session that is going on. */
export interface RunningSession {
  session: PtySession;
  frontend: TerminalFrontend;
  eventRecorder: EventRecorder;
  screen: LiveScreen;
  /** To be called while the screen still shows what the script failed on. */
  onFailedScript: () => Promise<void>;
}

/** How it came to its end. */
export interface SessionOutcome {
  exit: PtyExit;
  bytes: number;
  interrupted: boolean;
}

/** Records until the stream ends, while input is sent. */
export async function runSession(request: SessionRequest, running: RunningSession): Promise<SessionOutcome> {
  const { session } = running;
  const { interrupt } = request;
  const stop = new AbortController();
  const ended = pumpEvents(running);
  // A recording that fails ends the typing; its own error is the one that is reported.
  ended.catch(() => stop.abort());
  const onInterrupt = () => {
    stop.abort();
    void session.kill();
  };
  interrupt?.addEventListener("abort", onInterrupt, { once: true });
  try {
    if (interrupt?.aborted) onInterrupt();
    await type(request, running, ended, stop.signal);
    return { ...(await ended), interrupted: interrupt?.aborted ?? false };
  } catch (error) {
    if (isScriptFailure(error)) await running.onFailedScript();
    await session.kill();
    const ending = await ended;
    if (interrupt?.aborted) return { ...ending, interrupted: true };
    throw error;
  } finally {
    interrupt?.removeEventListener("abort", onInterrupt);
  }
}

/** Types, if there is something to be typed, and gives the program a while to end after it. */
async function type(
  { inputSource }: SessionRequest,
  { session, screen, eventRecorder }: RunningSession,
  ended: Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  if (!inputSource) return;
  const { file, graceMs = AFTER_TYPING_MS } = inputSource;
  await inputSource.run({ session, screen, mark: (label) => eventRecorder.mark(label) }, signal);
  if (await endsWithin(ended, graceMs, signal)) return;
  throw new CassetteError("CASSETTE_PROGRAM_STILL_RUNNING", "The script ended and the program did not.", {
    file,
    hint: `Let the script end the program: it had ${graceMs / 1_000} s after the last step.`,
  });
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

/** Records every event, and lets the other end see what was printed. */
async function pumpEvents({
  session,
  frontend,
  eventRecorder,
}: RunningSession): Promise<Omit<SessionOutcome, "interrupted">> {
  let exit: PtyExit | undefined;
  let bytes = 0;
  try {
    for await (const event of session.events()) {
      await eventRecorder.record(event);
      if (event.kind === "output") {
        await frontend.show(event.bytes);
        await eventRecorder.shown(event);
      }
      if (event.kind === "resize") frontend.resized(event.size);
      if (event.kind === "exit") exit = event.exit;
      if (event.kind === "end") bytes = event.totalBytes;
    }
  } finally {
    await frontend.close();
  }
  return { exit: exit ?? (await session.wait()), bytes };
}

/** The script failed, not the recording: its screen may show why. */
function isScriptFailure(error: unknown): boolean {
  return (
    isCassetteError(error, "CASSETTE_WAIT_FAILED") || isCassetteError(error, "CASSETTE_PROGRAM_STILL_RUNNING")
  );
}
