import type { Recorder } from "@cassette/core";
import type { Emulator, PtyEvent, SampledEvent } from "@cassette/format";
import { createSampler } from "@cassette/frames";
import type { DrivenClock } from "./driven-clock.js";

/** Turns what happens in a session into records and frames. */
export interface EventRecorder {
  /** Records one event; resolves when the recorder can take the next and the emulator shows it. */
  record(event: PtyEvent): Promise<void>;
  /** Records a mark. */
  mark(label: string): Promise<void>;
  /** Records the last frame. */
  finish(): Promise<void>;
}

/** What an event recorder works with. */
export interface EventRecorderOptions {
  recorder: Recorder;
  emulator: Emulator;
  clock: DrivenClock;
  /** Milliseconds since the program was started, for what no session event tells the time of. */
  elapsedMs: () => number;
}

/** Makes an event recorder; it alone feeds the emulator. */
export function createEventRecorder(options: EventRecorderOptions): EventRecorder {
  const { recorder, emulator, clock, elapsedMs } = options;
  const sampler = createSampler({ emulator });
  let seq = 0;
  let turn = Promise.resolve();

  /** Frames that precede the event, the event's own record, frames that follow it. */
  async function commit(observed: Observed, write: () => void): Promise<void> {
    const event = { ...observed, seq: ++seq } as SampledEvent;
    const frames = await sampler.observe(event);
    const keep = (wanted: boolean) => {
      for (const { afterSeq, frame } of frames) {
        if ((afterSeq === event.seq) !== wanted) continue;
        // An answer may have been recorded since: then the clock has moved on, and the recorder's time stands.
        const { t_ms, ...screen } = frame;
        clock.advanceTo(t_ms);
        recorder.recordFrame(screen);
      }
    };
    keep(false);
    clock.advanceTo(event.t_ms);
    write();
    keep(true);
    await recorder.drain();
  }

  async function recordEvent(event: PtyEvent): Promise<void> {
    const t_ms = Math.floor(event.t_ms);
    const write = () => void recorder.recordSessionEvent(event);
    const observed = observedOf(event, t_ms);
    if (observed) return commit(observed, write);
    clock.advanceTo(t_ms);
    write();
  }

  /** One after another, in the order of the calls. */
  function inTurn(run: () => Promise<void>): Promise<void> {
    const mine = turn.then(run);
    turn = mine.catch(() => {});
    return mine;
  }

  return {
    record: (event) => inTurn(() => recordEvent(event)),
    mark: (label) =>
      inTurn(() =>
        commit({ kind: "mark", t_ms: Math.floor(elapsedMs()) }, () =>
          recorder.recordServiceEvent({ type: "cassette.mark", label }),
        ),
      ),
    finish: () => inTurn(() => commit({ kind: "final", t_ms: clock.monotonic() }, () => {})),
  };
}

type Observed = SampledEvent extends infer Event
  ? Event extends SampledEvent
    ? Omit<Event, "seq">
    : never
  : never;

/** What the sampler is told of an event; replies to the program's queries are none of its business. */
function observedOf(event: PtyEvent, t_ms: number): Observed | null {
  if (event.kind === "output") return { kind: "output", t_ms, bytes: event.bytes };
  if (event.kind === "input" && event.origin === "typed") return { kind: "input", t_ms };
  if (event.kind !== "resize") return null;
  return { kind: "resize", t_ms, size: { Rows: event.size.rows, Cols: event.size.cols } };
}
