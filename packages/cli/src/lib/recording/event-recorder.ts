import type { InputWatch, Recorder } from "@cassette/core";
import type { JsonText, PtyEvent } from "@cassette/format";
import type { DrivenClock } from "./driven-clock.js";

/** Turns what happens in a session into records. */
export interface EventRecorder {
  /** Records one event; resolves when the recorder can take the next. */
  record(event: PtyEvent): Promise<void>;
  /** To be called when the recording's own screen shows an output event. */
  shown(event: PtyEvent): Promise<void>;
  /** Records a mark. */
  mark(label: string): Promise<void>;
  /** Records what the program around the recording said just now. */
  service(payload: JsonText): Promise<void>;
}

/** What an event recorder works with. */
export interface EventRecorderOptions {
  recorder: Recorder;
  /** Records the session's events in the recorder. */
  watch: InputWatch;
  clock: DrivenClock;
  /** Milliseconds since the program was started, for records that no session event gives a time. */
  elapsedMs: () => number;
  /** Takes what the terminal answered to the program's queries. */
  onAnswer: (bytes: Uint8Array) => void;
}

/** Makes an event recorder. */
export function createEventRecorder({
  recorder,
  watch,
  clock,
  elapsedMs,
  onAnswer,
}: EventRecorderOptions): EventRecorder {
  async function recordNow(payload: unknown): Promise<void> {
    clock.advanceTo(Math.floor(elapsedMs()));
    recorder.recordServiceEvent(payload);
    await recorder.drain();
  }

  return {
    async record(event) {
      clock.advanceTo(Math.floor(event.t_ms));
      if (event.kind === "input" && event.origin === "answer") onAnswer(event.bytes);
      await watch.record(event);
      await recorder.drain();
    },
    shown: (event) => watch.shown(event),
    mark: (label) => recordNow({ type: "cassette.mark", label }),
    service: recordNow,
  };
}
