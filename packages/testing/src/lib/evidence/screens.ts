import type { OutputRecord, SampledEvent, TerminalSize } from "@cassette/format";
import type { Screens } from "@cassette/frames";
import { openScreens } from "@cassette/terminal/parts";
import type { EvidenceEvent } from "./evidence.js";

/** The source of a recording's bytes. */
export interface ScreenSource {
  size: TerminalSize;
  events: readonly EvidenceEvent[];
  bytes: (record: OutputRecord) => Promise<Uint8Array>;
}

/** The screens of a recording in memory, at any place. */
export function screensOf({ size, events, bytes }: ScreenSource): Screens {
  return openScreens({ size, events: (afterSeq) => drawn(events, bytes, afterSeq) });
}

/** The events after a place that change the screen. */
async function* drawn(
  events: readonly EvidenceEvent[],
  bytes: ScreenSource["bytes"],
  afterSeq: number,
): AsyncGenerator<SampledEvent, void> {
  // Events are numbered from 1 without gaps.
  for (let index = afterSeq; index < events.length; index++) {
    const event = events[index];
    if (event === undefined) return;
    const { seq, t_ms } = event;
    if (event.kind === "output") yield { seq, t_ms, kind: "output", bytes: await bytes(event.record) };
    else if (event.kind === "input" && event.record.size)
      yield { seq, t_ms, kind: "resize", size: event.record.size };
  }
}
