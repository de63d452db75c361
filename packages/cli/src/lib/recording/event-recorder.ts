import type { Recorder } from "@cassette/core";
import { type Emulator, type PtyEvent, type PtyInputEvent, signalWord } from "@cassette/format";
import { createSampler, type SampledEvent } from "@cassette/frames";
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
  let withholding = false;
  let turn = Promise.resolve();

  /** Frames that precede the event, the event's own record, frames that follow it. */
  async function commit(observed: Observed, write: () => void): Promise<void> {
    const event = { ...observed, seq: ++seq } as SampledEvent;
    const frames = await sampler.observe(event);
    const keep = (wanted: boolean) => {
      for (const { afterSeq, frame } of frames) {
        if ((afterSeq === event.seq) !== wanted) continue;
        clock.advanceTo(frame.t_ms);
        recorder.recordFrame(frame);
      }
    };
    keep(false);
    clock.advanceTo(event.t_ms);
    write();
    keep(true);
    await recorder.drain();
  }

  /** A line typed at a password prompt becomes one record without its bytes. */
  function recordInput(event: PtyInputEvent): void {
    const { bytes, key, origin, modes } = event;
    if (modes?.canonical && !modes.echo && origin === "typed") {
      if (!withholding) recorder.recordInput({ kind: "input", withheld: true });
      withholding = !endsLine(bytes);
      return;
    }
    withholding = false;
    recorder.recordInput({ kind: "input", bytes, key, answer: origin === "answer" });
  }

  async function recordEvent(event: PtyEvent): Promise<void> {
    const t_ms = Math.floor(event.t_ms);
    switch (event.kind) {
      case "output":
        return commit({ kind: "output", t_ms, bytes: event.bytes }, () => recorder.recordOutput(event.bytes));
      case "input":
        if (event.origin === "typed") return commit({ kind: "input", t_ms }, () => recordInput(event));
        clock.advanceTo(t_ms);
        return recordInput(event);
      case "resize": {
        const size = { Rows: event.size.rows, Cols: event.size.cols };
        return commit({ kind: "resize", t_ms, size }, () => recorder.recordInput({ kind: "resize", size }));
      }
      case "signal":
        clock.advanceTo(t_ms);
        recorder.recordInput({ kind: "signal", signal: signalWord(event.signal) });
        return;
      case "exit":
      case "end":
        clock.advanceTo(t_ms);
    }
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

function endsLine(bytes: Uint8Array): boolean {
  return bytes.includes(0x0d) || bytes.includes(0x0a);
}
