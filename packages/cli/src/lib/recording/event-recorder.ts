import type { Recorder } from "@cassette/core";
import type { PtyEvent } from "@cassette/format";
import type { DrivenClock } from "./driven-clock.js";

/** Turns what happens in a session into records. */
export interface EventRecorder {
  /** Records one event; resolves when the recorder can take the next. */
  record(event: PtyEvent): Promise<void>;
  /** Records a mark. */
  mark(label: string): Promise<void>;
}

/** What an event recorder works with. */
export interface EventRecorderOptions {
  recorder: Recorder;
  clock: DrivenClock;
  /** Milliseconds since the program was started, for what no session event tells the time of. */
  elapsedMs: () => number;
}

/** Makes an event recorder. */
export function createEventRecorder({ recorder, clock, elapsedMs }: EventRecorderOptions): EventRecorder {
  return {
    async record(event) {
      clock.advanceTo(Math.floor(event.t_ms));
      recorder.recordSessionEvent(event);
      await recorder.drain();
    },
    async mark(label) {
      clock.advanceTo(Math.floor(elapsedMs()));
      recorder.recordServiceEvent({ type: "cassette.mark", label });
      await recorder.drain();
    },
  };
}
