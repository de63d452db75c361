import { createReadStream } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRecorder, type Recorder, type SealOptions } from "@cassette/core";
import {
  ARTIFACT,
  CassetteError,
  type Clock,
  type Emulator,
  isCassetteError,
  type JsonValue,
  type PtyDriver,
  type PtyExit,
  type PtySession,
  type ScrubReport,
  signalWord,
  type TerminalSize,
} from "@cassette/format";
import { createTrailingEmulator, type TrailingEmulator } from "@cassette/frames";
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
  /** What it takes to scrub alike after a crash; kept in the spool. */
  scrub: JsonValue;
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
  seal: SealOptions;
}

/** How a recording went. */
export interface RecordingOutcome {
  exit: PtyExit;
  interrupted: boolean;
  bytes: number;
  durationMs: number;
  /** What was scrubbed. */
  report: ScrubReport;
}

/** How long a program may go on after its script's last step. */
const AFTER_SCRIPT_MS = 10_000;

/**
 * Records a program without a person at its terminal and seals the cassette.
 * @throws CassetteError of the driver, the recorder or the script; then no cassette was made.
 */
export async function recordProgram(
  request: RecordingRequest,
  tools: RecordingTools,
): Promise<RecordingOutcome> {
  const { argv, size, timeoutMs, target, manifest, overwrite, scrub } = request;
  const { driver, clock } = tools;
  const drivenClock = createDrivenClock(clock.now());
  const recorder = await createRecorder(target, {
    manifest,
    clock: drivenClock,
    overwrite,
    integrity: true,
    gitAttributes: true,
    scrub,
  });
  try {
    const startedAt = clock.monotonic();
    const elapsedMs = () => clock.monotonic() - startedAt;
    await using session = await driver.start({ argv, ...size, timeoutMs, clock });
    const eventRecorder = createEventRecorder({ recorder, clock: drivenClock, elapsedMs });
    // It draws only for a query of the program or a wait of the script: frames are derived when all is recorded.
    const emulator = createTrailingEmulator({ emulator: tools.emulator, reread: rereadOutput(recorder) });
    const screen = createLiveScreen(emulator, clock);
    const onFailedScript = async () => request.onFailedScript?.(await screen.rows(), recorder.spool);
    const running = { session, emulator, eventRecorder, screen, onFailedScript };
    const { exit, bytes, interrupted } = await runSession(request, running);
    recordEnd(recorder, exit, interrupted);
    const durationMs = drivenClock.monotonic();
    const report = await recorder.seal(tools.seal);
    return { exit, interrupted, bytes, durationMs, report };
  } catch (error) {
    await recorder.abort({ keepSpool: isWorthKeeping(error) });
    throw error;
  }
}

/** Reads recorded output again, for an emulator that trails far behind. */
function rereadOutput({ spool }: Recorder): (start: number, end: number) => AsyncIterable<Uint8Array> {
  const path = join(spool, "cassette", ARTIFACT.outputRaw);
  return (start, end) => createReadStream(path, { start, end: end - 1 });
}

/** The recording is there although no cassette came of it: it may tell why, or become one yet. */
function isWorthKeeping(error: unknown): boolean {
  return isScriptFailure(error) || !isCassetteError(error) || KEPT.has(error.code);
}

const KEPT: ReadonlySet<string> = new Set([
  "CASSETTE_SECRET_REMAINS",
  "CASSETTE_WRITE_FAILED",
  "CASSETTE_TARGET_EXISTS",
]);

/** The script failed, not the recording: what was recorded may tell why. */
function isScriptFailure(error: unknown): boolean {
  return (
    isCassetteError(error, "CASSETTE_WAIT_FAILED") || isCassetteError(error, "CASSETTE_PROGRAM_STILL_RUNNING")
  );
}

interface Running {
  session: PtySession;
  emulator: TrailingEmulator;
  eventRecorder: EventRecorder;
  screen: LiveScreen;
  /** To be called while the screen still shows what the script failed on. */
  onFailedScript: () => Promise<void>;
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
    if (isScriptFailure(error)) await running.onFailedScript();
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
      await emulator.feed(event.bytes);
      answer(session, emulator);
      screen.changed();
    }
    if (event.kind === "resize") emulator.resize(event.size);
    if (event.kind === "exit") exit = event.exit;
    if (event.kind === "end") bytes = event.totalBytes;
  }
  screen.ended();
  return { exit: exit ?? (await session.wait()), bytes };
}

/** Not awaited: a program that does not read must not stop the recording of what it prints. */
function answer(session: PtySession, emulator: TrailingEmulator): void {
  for (const reply of emulator.takeReplies()) session.send(reply, "answer").catch(() => {});
}

function recordEnd(recorder: Recorder, { code, signal, timedOut }: PtyExit, interrupted: boolean): void {
  recorder.recordFinal({
    exit: {
      Code: code ?? -1,
      Signal: signal === null ? "" : signalWord(signal),
      Exited: signal === null,
      Signaled: signal !== null,
      Err: null,
    },
    metadata: { ...(interrupted && { interrupted }), ...(timedOut && { timed_out: true }) },
  });
}
