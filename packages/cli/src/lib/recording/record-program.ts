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
  type ScrubReport,
  type TerminalSize,
} from "@cassette/format";
import { createTrailingEmulator } from "@cassette/frames";
import { isDistinctSecret } from "@cassette/scrub";
import type { StatedFacts } from "../facts-file/read-facts.js";
import { createDrivenClock } from "./driven-clock.js";
import { createEventRecorder } from "./event-recorder.js";
import { createLiveScreen } from "./live-screen.js";
import type { PersonTerminal } from "./person-end.js";
import { runSession, type SessionRequest } from "./run-session.js";
import type { ServiceEvents } from "./service-events.js";
import { createHeadlessEnd, watchedEnd } from "./terminal-end.js";

/** What to record, and where to. */
export interface RecordingRequest extends SessionRequest {
  target: string;
  overwrite: boolean;
  argv: readonly [string, ...string[]];
  size: TerminalSize;
  /** What is stated of it, and what was observed. */
  facts: StatedFacts;
  /** What the program around it has to say meanwhile. */
  serviceEvents?: ServiceEvents;
  /** What it takes to scrub alike after a crash; kept in the spool. */
  scrub: JsonValue;
  timeoutMs?: number;
  /** May refuse the complete cassette before it gets its name. */
  approve?: (dir: string) => Promise<void>;
  /** Whether the recording may be thrown away after this failure. Default: never, if it holds anything. */
  isDispensable?: (error: unknown) => Promise<boolean>;
  /** The program runs; nothing of its terminal was passed on yet. */
  onStarted?: () => void;
  /** Told the rows of the screen on which a script failed. */
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
}

/**
 * Records a program, with or without a person at its terminal, and seals the cassette.
 * @throws CassetteError of the driver, the recorder or the script; then no cassette was made.
 */
export async function recordProgram(
  request: RecordingRequest,
  tools: RecordingTools,
): Promise<RecordingOutcome> {
  const { argv, size, timeoutMs, target, facts, overwrite, scrub, approve } = request;
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
    await using session = await driver.start({ argv, ...size, timeoutMs, clock });
    request.onStarted?.();
    // It draws only for a query of the program or a wait of the script: frames are derived when all is recorded.
    using emulator = createTrailingEmulator({
      createEmulator: () => tools.createEmulator(size),
      reread: rereadOutput(recorder),
    });
    const screen = createLiveScreen(emulator, clock);
    const watch = createInputWatch({
      recorder,
      snapshot: () => emulator.snapshot(),
      isDistinct: isDistinctSecret,
    });
    const eventRecorder = createEventRecorder({ recorder, watch, clock: drivenClock, elapsedMs });
    const onFailedScript = async () => request.onFailedScript?.(await screen.rows(), watch.secrets);
    const gone = new AbortController();
    let marks = 0;
    const onMark = () => eventRecorder.mark(`mark ${++marks}`).catch(() => {});
    const end = tools.person
      ? watchedEnd(tools.person.join(session, { onMark, onGone: () => gone.abort() }), emulator)
      : createHeadlessEnd({ session, emulator, screen });
    const running = { session, end, eventRecorder, screen, onFailedScript };
    const interrupt = AbortSignal.any([gone.signal, ...(request.interrupt ? [request.interrupt] : [])]);
    const over = new AbortController();
    const said = request.serviceEvents?.follow((payload) => eventRecorder.service(payload), over.signal);
    const ending = runSession({ ...request, interrupt }, running).finally(() => over.abort());
    const { exit, bytes, interrupted } = await ending;
    const refusedEvents = (await said) ?? 0;
    const metadata = { ...facts.final?.metadata, ...(interrupted && { interrupted }) };
    recorder.recordFinal({ ...facts.final, metadata });
    const durationMs = drivenClock.monotonic();
    const report = await recorder.seal({ ...tools.seal(watch.secrets), typedAhead: watch.typedAhead });
    return { exit, interrupted, bytes, durationMs, report, refusedEvents, isUnreadable: watch.isUnreadable };
  } catch (error) {
    const keepSpool = recorder.recordCount > 0 && !(await request.isDispensable?.(error));
    // On a full disk this fails too; the first error is the one to report.
    await recorder.abort({ keepSpool }).catch(() => {});
    if (keepSpool) request.onKept?.(recorder.spool);
    throw error;
  }
}

/** Reads recorded output again, for an emulator that trails far behind. */
function rereadOutput({ spool }: Recorder): (start: number, end: number) => AsyncIterable<Uint8Array> {
  const path = join(spool, "cassette", ARTIFACT.outputRaw);
  return (start, end) => createReadStream(path, { start, end: end - 1 });
}
