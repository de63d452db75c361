import type { Cassette } from "@cassette/core/reader";
import type { FrameRecord } from "@cassette/format";
import { safeFrame } from "./safe-frame.js";
import { seqAt, type Timeline } from "./timeline.js";

/** Records to look back over at first; frames are rarely further apart. */
const CLOSE = 1_000;

/** The last frame recorded at or before a time, as it can be drawn; null if there is none. */
export async function frameAt(
  cassette: Cassette,
  timeline: Timeline,
  t_ms: number,
): Promise<FrameRecord | null> {
  if (cassette.counts.frame === 0) return null;
  const seq = seqAt(timeline, t_ms);
  for (let back = CLOSE; ; back *= 10) {
    const afterSeq = Math.max(0, seq - back);
    const frame = await lastFrame(cassette, afterSeq, t_ms);
    if (frame || afterSeq === 0) return frame;
  }
}

async function lastFrame(cassette: Cassette, afterSeq: number, t_ms: number): Promise<FrameRecord | null> {
  let last: FrameRecord | null = null;
  for await (const event of cassette.events({ afterSeq, kinds: ["frame"] })) {
    if (event.kind !== "frame" || event.t_ms > t_ms) break;
    last = event.record;
  }
  return last && safeFrame(last);
}
