import { type Cassette, readLastResize } from "@cassette/core/reader";
import type { CassetteEvent, SampledEvent } from "@cassette/format";
import type { Screens } from "@cassette/frames";
import { openScreens } from "../parts/parts.js";
import { resumable } from "./resumable.js";

/** Small chunks of output are slow to read: this many bytes are replayed in some ten milliseconds. */
const CLOSEST = 128 * 1_024;
/** A checkpoint takes some tens of kilobytes. */
const MOST_CHECKPOINTS = 1_000;

/** The screens of a cassette at any moment. */
export function screensOf(cassette: Cassette): Screens {
  const { initial_rows: rows, initial_cols: cols, emulator } = cassette.manifest.terminal;
  return openScreens({
    size: { rows, cols },
    emulator,
    lastResize: () => readLastResize(cassette),
    events: resumable((afterSeq) => sampled(cassette, afterSeq)),
    checkpointEvery: Math.max(CLOSEST, cassette.rawSize / MOST_CHECKPOINTS),
  });
}

async function* sampled(cassette: Cassette, afterSeq: number): AsyncGenerator<SampledEvent> {
  for await (const event of cassette.events({ afterSeq, kinds: ["input", "output"] })) {
    const drawing = await drawn(cassette, event);
    if (drawing) yield drawing;
  }
}

async function drawn(cassette: Cassette, event: CassetteEvent): Promise<SampledEvent | null> {
  const { seq, t_ms } = event;
  if (event.kind === "output")
    return { seq, t_ms, kind: "output", bytes: await cassette.bytes(event.record) };
  if (event.kind !== "input" || !event.record.size) return null;
  return { seq, t_ms, kind: "resize", size: event.record.size };
}
