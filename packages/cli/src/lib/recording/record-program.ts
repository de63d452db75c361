import { setTimeout as sleep } from "node:timers/promises";
import { createRecorder, type Recorder } from "@cassette/core";
import {
  CassetteError,
  type Clock,
  type Emulator,
  isCassetteError,
  type PtyDriver,
  type PtyExit,
  type PtySession,
  signalWord,
  type TerminalSize,
} from "@cassette/format";
import { runScript } from "../script/run-script.js";
import type { Step } from "../script/steps.js";
import { createDrivenClock } from "./driven-clock.js";
import { createEventRecorder, type EventRecorder } from "./event-recorder.js";
import { createLiveScreen, type LiveScreen } from "./live-screen.js";
import type { ManifestFacts } from "./manifest-facts.js";

/** What to record, and where to. */
export interface RecordingRequest {
  target: string;
  overwrite: boolean;
  argv: readonly [string, ...string[]];
  size: TerminalSize;
  manifest: ManifestFacts;
  timeoutMs?: number;
  script?: RecordingScript;
  /** Aborting ends the program; what was recorded until then is kept. */
  interrupt?: AbortSignal;
  /** Told the rows of the screen on which a script failed, and where what was recorded until then is kept. */
  onFailedScript?: (rows: readonly string[], spool: string) => void;
}

/** Who types. */
export interface RecordingScript {
  steps: readonly Step[];
  /** Where they stand, for errors. */
  file: string;
  /** How long the program may go on after the last step; 10 s unless told. */
  graceMs?: number;
}

/** What a recording is made with. */
export interface RecordingTools {
  driver: PtyDriver;
  emulator: Emulator;
  clock: Clock;
}

/** How a recording went. */
export interface RecordingOutcome {
  exit: PtyExit;
  interrupted: boolean;
  bytes: number;
  durationMs: number;
}

/** How long a program may go on after its script's last step. */
const AFTER_SCRIPT_MS = 10_000;

/**
 * Records a program without a person at its terminal and commits the cassette.
 * @throws CassetteError of the driver, the recorder or the script; then no cassette was made.
 */
export async function recordProgram(
  request: RecordingRequest,
  tools: RecordingTools,
): Promise<RecordingOutcome> {
  const { argv, size, timeoutMs, target, manifest, overwrite } = request;
  const { driver, emulator, clock } = tools;
  const drivenClock = createDrivenClock(clock.now());
  const recorder = await createRecorder(target, { manifest, clock: drivenClock, overwrite, integrity: true });
  try {
    const startedAt = clock.monotonic();
    const elapsedMs = () => clock.monotonic() - startedAt;
    await using session = await driver.start({ argv, ...size, timeoutMs, clock });
    const eventRecorder = createEventRecorder({ recorder, emulator, clock: drivenClock, elapsedMs });
    const screen = createLiveScreen(emulator, clock);
    const onFailedScript = () => request.onFailedScript?.(screen.rows(), recorder.spool);
    const running = { session, emulator, eventRecorder, screen, onFailedScript };
    const { exit, bytes, interrupted } = await runSession(request, running);
    await eventRecorder.finish();
    recordEnd(recorder, exit, interrupted, screen.rows());
    const durationMs = drivenClock.monotonic();
    await recorder.close();
    return { exit, interrupted, bytes, durationMs };
  } catch (error) {
    await recorder.abort({ keepSpool: isScriptFailure(error) });
    throw error;
  }
}

/** The script failed, not the recording: what was recorded may tell why. */
function isScriptFailure(error: unknown): boolean {
  return (
    isCassetteError(error, "CASSETTE_WAIT_FAILED") || isCassetteError(error, "CASSETTE_PROGRAM_STILL_RUNNING")
  );
}

interface Running {
  session: PtySession;
  emulator: Emulator;
  eventRecorder: EventRecorder;
  screen: LiveScreen;
  /** To be called while the screen still shows what the script failed on. */
  onFailedScript: () => void;
}

interface Ending {
  exit: PtyExit;
  bytes: number;
  interrupted: boolean;
}

/** Records until the stream ends, while the script runs beside it. */
async function runSession(request: RecordingRequest, running: Running): Promise<Ending> {
  const { session } = running;
  const { interrupt } = request;
  const stop = new AbortController();
  const ended = pumpEvents(running);
  // A recording that fails ends the script; its own error is the one that is reported.
  ended.catch(() => stop.abort());
  const onInterrupt = () => {
    stop.abort();
    void session.kill();
  };
  interrupt?.addEventListener("abort", onInterrupt, { once: true });
  try {
    if (interrupt?.aborted) onInterrupt();
    await script(request, running, ended, stop.signal);
    return { ...(await ended), interrupted: interrupt?.aborted ?? false };
  } catch (error) {
    if (isScriptFailure(error)) running.onFailedScript();
    await session.kill();
    const ending = await ended;
    if (interrupt?.aborted) return { ...ending, interrupted: true };
    throw error;
  } finally {
    interrupt?.removeEventListener("abort", onInterrupt);
  }
}

/** Runs the script, if there is one, and gives the program a while to end after it. */
async function script(
  { script: given }: RecordingRequest,
  { session, screen, eventRecorder }: Running,
  ended: Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  if (!given) return;
  const mark = (label: string) => eventRecorder.mark(label);
  const { steps, file, graceMs = AFTER_SCRIPT_MS } = given;
  await runScript(steps, file, { session, screen, mark }, signal);
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

/** Records every event; answers what the program asks of its terminal, since no person's terminal is attached. */
async function pumpEvents({
  session,
  emulator,
  eventRecorder,
  screen,
}: Running): Promise<Omit<Ending, "interrupted">> {
  let exit: PtyExit | undefined;
  let bytes = 0;
  for await (const event of session.events()) {
    await eventRecorder.record(event);
    if (event.kind === "output") {
      answer(session, emulator);
      screen.changed();
    }
    if (event.kind === "exit") exit = event.exit;
    if (event.kind === "end") bytes = event.totalBytes;
  }
  screen.ended();
  return { exit: exit ?? (await session.wait()), bytes };
}

/** Not awaited: a program that does not read must not stop the recording of what it prints. */
function answer(session: PtySession, emulator: Emulator): void {
  for (const reply of emulator.takeReplies()) session.send(reply, "answer").catch(() => {});
}

function recordEnd(
  recorder: Recorder,
  { code, signal, timedOut }: PtyExit,
  interrupted: boolean,
  rows: string[],
): void {
  recorder.recordFinal({
    exit: {
      Code: code ?? -1,
      Signal: signal === null ? "" : signalWord(signal),
      Exited: signal === null,
      Signaled: signal !== null,
      Err: null,
    },
    metadata: { ...(interrupted && { interrupted }), ...(timedOut && { timed_out: true }) },
    final_text: rows.join("\n").trimEnd(),
  });
  recorder.writeScrubReport({ status: "not-run", rules: [], hit_counts: {} });
}
