import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInputWatch, createRecorder, type Recorder, type SealOptions } from "@cassette/core";
import {
  ARTIFACT,
  type Clock,
  type EmulatorFactory,
  type JsonValue,
  type PtyDriver,
  type PtyExit,
  type PtySession,
  type ScrubReport,
  type TerminalSize,
} from "@cassette/format";
import { createTrailingEmulator } from "@cassette/frames";
import { isDistinctSecret } from "@cassette/scrub";
import { firstError } from "../errors/first-error.js";
import type { StatedFacts } from "../facts-file/read-facts.js";
import { createCursorCheck } from "./cursor-check.js";
import { createDrivenClock } from "./driven-clock.js";
import { createEventRecorder } from "./event-recorder.js";
import { createLiveScreen } from "./live-screen.js";
import { createPatternTester } from "./pattern-tester.js";
import type { PersonTerminal } from "./person-end.js";
import { drawRecorded, type RecordedOutput } from "./repaint.js";
import { runSession, type SessionRequest } from "./run-session.js";
import type { ServiceEvents } from "./service-events.js";
import { createInputForwarder, type InputForwarder } from "./standard-input/forward-input.js";
import { createInputReadiness, lookAtProgram } from "./standard-input/input-readiness.js";
import type { StandardInput } from "./standard-input/open-standard-input.js";
import { watchStops } from "./stop-watch.js";
import { createHeadlessEnd, watchedEnd } from "./terminal-end.js";

/** What to record, and where to. */
export interface RecordingRequest extends SessionRequest {
  target: string;
  overwrite: boolean;
  argv: readonly [string, ...string[]];
  size: TerminalSize;
  /** The program's environment. */
  env: NodeJS.ProcessEnv;
  /** What is stated of it, and what was observed. */
  facts: StatedFacts;
  /** What the program around it has to say meanwhile. */
  serviceEvents?: ServiceEvents;
  /** What it takes to scrub alike after a crash, without any secret; kept in the spool. */
  scrub: JsonValue;
  timeoutMs?: number;
  /** May refuse the complete cassette before it gets its name. */
  approve?: (dir: string) => Promise<void>;
  /** Whether the recording may be thrown away after this failure. Default: never, if it holds anything. */
  isDispensable?: (error: unknown) => Promise<boolean>;
  /** Takes a sentence about something unusual, for the user. */
  onWarning?: (sentence: string) => void;
  /** The program runs; nothing of its terminal was passed on yet. */
  onStarted?: () => void;
  /** Called with the rows of the screen on which a script failed. */
  onFailedScript?: (rows: readonly string[], typedSecrets: readonly string[]) => void;
  /** Called when no cassette was made and the spool was kept. */
  onKept?: (spool: string) => void;
}

/** What a recording is made with. */
export interface RecordingTools {
  driver: PtyDriver;
  createEmulator: EmulatorFactory;
  clock: Clock;
  /** How to seal, given what was typed at prompts and withheld. */
  seal: (typedSecrets: readonly string[]) => SealOptions;
  /** The terminal of a person who uses the program meanwhile. */
  person?: PersonTerminal;
  /** Data that the program reads, where there is no person. */
  input?: StandardInput;
}

/** How a recording went. */
export interface RecordingOutcome {
  exit: PtyExit;
  interrupted: boolean;
  bytes: number;
  durationMs: number;
  /** What was scrubbed. */
  report: ScrubReport;
  /** Lines of the service events that were no JSON. */
  refusedEvents: number;
  /** Input was withheld because the terminal's modes could not be read. */
  isUnreadable: boolean;
  /** How often a person's terminal reported its cursor in another column than the frames show; 0 without such a terminal. */
  cursorDifferences: number;
}

/**
 * Records a program, with or without a person at its terminal, and seals the cassette.
 * @throws CassetteError of the driver, the recorder or the script; then no cassette was made.
 */
export async function recordProgram(
  request: RecordingRequest,
  tools: RecordingTools,
): Promise<RecordingOutcome> {
  const { argv, env, size, timeoutMs, target, facts, overwrite, scrub, approve } = request;
  const { driver, clock } = tools;
  const drivenClock = createDrivenClock(clock.now());
  const recorder = await createRecorder(target, {
    manifest: facts.manifest,
    clock: drivenClock,
    overwrite,
    integrity: true,
    gitAttributes: true,
    scrub,
    approve,
  });
  try {
    if (facts.quota) recorder.writeQuota(facts.quota);
    if (facts.discovery) recorder.writeDiscovery(facts.discovery);
    const startedAt = clock.monotonic();
    const elapsedMs = () => clock.monotonic() - startedAt;
    await using session = await driver.start({ argv, env, ...size, timeoutMs, clock });
    const killNow = () => killSession(session.pid);
    // A second signal ends this process at once; the program must not go on without it.
    process.once("exit", killNow);
    using _ = { [Symbol.dispose]: () => void process.off("exit", killNow) };
    request.onStarted?.();
    const output = recordedOutput(recorder);
    // It draws only for a query of the program or a wait of the script: frames are derived when all is recorded.
    using emulator = createTrailingEmulator({
      createEmulator: () => tools.createEmulator(size),
      reread: output.read,
    });
    await using tester = createPatternTester();
    const screen = createLiveScreen(emulator, clock, tester);
    const watch = createInputWatch({
      recorder,
      snapshot: () => emulator.snapshot().catch(() => null),
      isDistinct: isDistinctSecret,
    });
    const cursorCheck = createCursorCheck();
    const onAnswer = cursorCheck.answered;
    const eventRecorder = createEventRecorder({ recorder, watch, clock: drivenClock, elapsedMs, onAnswer });
    // A screen that cannot be drawn is not shown.
    const onFailedScript = () =>
      screen.rows().then(
        (rows) => request.onFailedScript?.(rows, watch.secrets),
        () => {},
      );
    const gone = new AbortController();
    let marks = 0;
    const onMark = () => eventRecorder.mark(`mark ${++marks}`).catch(() => {});
    const forwarder = tools.input && forward(tools.input, session, request, clock);
    const draw = async (upTo: number, now: TerminalSize) => {
      const drawing = tools.createEmulator(now);
      return await drawRecorded(drawing, output, upTo).finally(drawing.close);
    };
    const person = tools.person?.join(session, { onMark, onGone: () => gone.abort(), draw });
    const end = person
      ? watchedEnd(person, emulator, cursorCheck.drawn)
      : createHeadlessEnd({ session, emulator, screen, forwarder });
    const running = { session, end, eventRecorder, screen, onFailedScript };
    const interrupt = AbortSignal.any([gone.signal, ...(request.interrupt ? [request.interrupt] : [])]);
    const over = new AbortController();
    const said = request.serviceEvents?.follow((payload) => eventRecorder.service(payload), over.signal);
    const onStopped = (pids: readonly number[]) => {
      if (person) person.stopsChanged(pids);
      else if (pids.length > 0) request.onWarning?.(stopped(pids));
    };
    const beside = Promise.all([
      watchStops(session.pid, onStopped, over.signal),
      forwarder?.run(over.signal).finally(tools.input?.leave),
    ]);
    // Awaited when the program has ended: what it has printed by then is recorded all the same.
    beside.catch(() => {});
    const ending = runSession({ ...request, interrupt }, running).finally(() => over.abort());
    const { exit, bytes, interrupted } = await ending;
    await beside;
    const refusedEvents = (await said) ?? 0;
    const metadata = { ...facts.final?.metadata, ...(interrupted && { interrupted }) };
    recorder.recordFinal({ ...facts.final, metadata });
    const durationMs = drivenClock.monotonic();
    const report = await recorder.seal({ ...tools.seal(watch.secrets), typedAhead: watch.typedAhead });
    const { differences: cursorDifferences } = cursorCheck;
    const { isUnreadable } = watch;
    return { exit, interrupted, bytes, durationMs, report, refusedEvents, isUnreadable, cursorDifferences };
  } catch (thrown) {
    const error = firstError(thrown);
    const keepSpool = recorder.recordCount > 0 && !(await request.isDispensable?.(error));
    // On a full disk this fails too; the first error is the one to report.
    await recorder.abort({ keepSpool }).catch(() => {});
    if (keepSpool) request.onKept?.(recorder.spool);
    throw error;
  }
}

/** Kills a program and what is in its process group. */
function killSession(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}

/** Forwards standard input to a session. */
function forward(
  input: StandardInput,
  session: PtySession,
  { onWarning }: RecordingRequest,
  clock: Clock,
): InputForwarder {
  const readiness = createInputReadiness(() => lookAtProgram(session.pid), clock);
  return createInputForwarder({ session, readiness, input, warn: (sentence) => onWarning?.(sentence) });
}

/** Recorded output, to be read again: by an emulator that trails by much, or for a screen that is gone. */
function recordedOutput({ spool }: Recorder): RecordedOutput {
  const path = join(spool, "cassette", ARTIFACT.outputRaw);
  return { path, read: (start, end) => createReadStream(path, { start, end: end - 1 }) };
}

function stopped(pids: readonly number[]): string {
  return `The program is stopped: \`kill -CONT ${pids.join(" ")}\` continues it, Ctrl-C ends the recording.`;
}
