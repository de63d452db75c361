import type { InputWatch, Recorder } from "@cassette/core";
import type { JsonText, PtyEvent } from "@cassette/format";
import type { EventClock } from "./event-clock.js";

/** Turns the events of a session into records. */
export interface EventRecorder {
  /** Records each event and yields it. The recording's own screen must show it before the next one is pulled. */
  record(events: AsyncIterable<PtyEvent>): AsyncGenerator<PtyEvent, void>;
  /** Records a mark. */
  mark(label: string): Promise<void>;
  /** Records a service event. */
  serviceEvent(payload: JsonText): Promise<void>;
}

/** What an event recorder needs. */
export interface EventRecorderOptions {
  recorder: Recorder;
  /** The recorder that receives the records. */
  watch: InputWatch;
  clock: EventClock;
  /** Milliseconds since the program was started, for records without a session event. */
  elapsedMs: () => number;
}

/** Makes an event recorder. */
export function createEventRecorder({
  recorder,
  watch,
  clock,
  elapsedMs,
}: EventRecorderOptions): EventRecorder {
  async function recordNow(payload: unknown): Promise<void> {
    clock.advanceTo(Math.floor(elapsedMs()));
    recorder.recordServiceEvent(payload);
    await recorder.drain();
  }

  return {
    async *record(events) {
      for await (const event of events) {
        clock.advanceTo(Math.floor(event.t_ms));
        await watch.record(event);
        await recorder.drain();
        yield event;
        await watch.shown(event);
      }
    },
    mark: (label) => recordNow({ type: "cassette.mark", label }),
    serviceEvent: recordNow,
  };
}
