import { createInputWatch, createRecorder, type Recorder } from "@cassette/core";
import type { JsonText, PtyEvent, PtySession, ScrubReport } from "@cassette/format";
import { createTrailingEmulator, type TrailingEmulator } from "@cassette/frames";
import { isDistinctSecret } from "@cassette/scrub";
import { createEmulator } from "../parts/parts.js";
import { createEarlyScan } from "./early-scan.js";
import { createEventClock } from "./event-clock.js";
import { createEventRecorder } from "./event-recorder.js";
import type { RecordHooks } from "./options.js";
import type { RecordingPlan } from "./prepare-recording.js";
import { type RecordedOutput, recordedOutput } from "./recorded-output.js";

/** Records one session in a spool, and makes a cassette of it. */
export interface SessionRecorder extends Disposable {
  /**
   * Yields the session's events, each once it is recorded. The {@link emulator} must have been fed with one before the next is
   * pulled.
   */
  events(session: PtySession): AsyncGenerator<PtyEvent, void>;
  mark(label: string): Promise<void>;
  serviceEvent(payload: JsonText): Promise<void>;
  /** It draws only when the program sends a query or a caller reads the screen: frames are derived once all is recorded. */
  readonly emulator: TrailingEmulator;
  readonly output: RecordedOutput;
  /** What was typed at prompts and withheld, as far as it can be searched for. */
  readonly secrets: readonly string[];
  readonly recorder: Recorder;
  /** Records the end, and seals the cassette. */
  seal(options: { interrupted: boolean; onProgress?: RecordHooks["onProgress"] }): Promise<SealedSession>;
}

/** The result of a session. */
interface SealedSession {
  report: ScrubReport;
  durationMs: number;
  /** Input was withheld because the terminal's modes could not be read. */
  isUnreadable: boolean;
}

/**
 * Makes the spool of a planned recording. Its time begins now.
 * @param approve may refuse the complete cassette before it gets its name.
 */
export async function createSessionRecorder(
  plan: RecordingPlan,
  approve?: RecordHooks["approve"],
): Promise<SessionRecorder> {
  const { target, facts, overwrite, storedScrub, clock, size } = plan;
  const eventClock = createEventClock(clock.now());
  const recorder = await createRecorder(target, {
    manifest: facts.manifest,
    clock: eventClock,
    overwrite,
    integrity: true,
    gitAttributes: true,
    scrub: storedScrub,
    approve,
  });
  recorder.writeDocuments(facts);
  const output = recordedOutput(recorder);
  const emulator = createTrailingEmulator({
    createEmulator: () => createEmulator(size, plan.emulator),
    reread: output.read,
  });
  const watch = createInputWatch({
    recorder,
    // A screen that is too costly to draw is not searched.
    snapshot: () => emulator.snapshot().catch(() => null),
    isDistinct: isDistinctSecret,
  });
  const startedAt = clock.monotonic();
  const elapsedMs = () => clock.monotonic() - startedAt;
  const scan = createEarlyScan(() => plan.followOutput?.(output.path));
  const events = createEventRecorder({ recorder, watch, clock: eventClock, elapsedMs });
  return {
    events: (session) => scan.watch(events.record(session.events())),
    mark: events.mark,
    serviceEvent: events.serviceEvent,
    emulator,
    output,
    recorder,
    get secrets() {
      return watch.secrets;
    },
    async seal({ interrupted, onProgress }) {
      const metadata = { ...facts.final?.metadata, ...(interrupted && { interrupted }) };
      recorder.recordFinal({ ...facts.final, metadata });
      const durationMs = eventClock.monotonic();
      const { secrets, typedAhead, isUnreadable } = watch;
      // The early scan does not know what was typed.
      const followed = secrets.length === 0 ? scan.finish : undefined;
      const report = await recorder.seal({ ...plan.seal(secrets), followed, typedAhead, onProgress });
      return { report, durationMs, isUnreadable };
    },
    [Symbol.dispose]() {
      scan.close();
      emulator.close();
    },
  };
}
