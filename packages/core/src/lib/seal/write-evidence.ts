import {
  ARTIFACT,
  type CassetteEvent,
  type InputRecord,
  ownFacts,
  type Redactor,
  type SampledEvent,
  type SampledFrame,
} from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import { markLabel } from "../reader/marks.js";
import type { SpoolWriter } from "../recorder/spool-writer.js";
import { createEvidenceWriter, type KeptRecord } from "./evidence-writer.js";
import type { OutputMask } from "./output-mask.js";
import type { ReportBook } from "./report-book.js";
import { scrubPayload } from "./scrub-records.js";
import type { SealOptions } from "./seal-options.js";
import { type Remains, remainsIn } from "./secret-remains.js";

/** What the sealed records are written from. */
export interface SealedEvidence extends Pick<SealOptions, "deriveFrames" | "onProgress" | "signal"> {
  redactor: Redactor;
  source: Cassette;
  mask: OutputMask;
  inputs: ReadonlyMap<number, InputRecord | null>;
  book: ReportBook;
  writer: SpoolWriter;
}

/** A frame with a finding is enough; a recording that is full of them need not be listed. */
const MOST_REMAINS = 100;

/**
 * Writes all records again, with frames derived from the masked output, and scans each frame.
 * @returns the number of the final record, and what was found in frames.
 */
export async function writeEvidence(
  evidence: SealedEvidence,
): Promise<{ finalSeq: number; remains: Remains[] }> {
  const { source, deriveFrames, writer, signal } = evidence;
  const target = createEvidenceWriter(writer);
  const remains: Remains[] = [];
  const { initial_rows: rows, initial_cols: cols } = source.manifest.terminal;

  /** The sampler's input. When it asks for more it has emitted everything that comes before the last record. */
  async function* events(): AsyncGenerator<SampledEvent, void> {
    for await (const event of source.events()) {
      signal?.throwIfAborted();
      if (event.kind === "frame") continue;
      if (event.kind === "final") return yield { kind: "final", seq: event.seq, t_ms: event.t_ms };
      const kept = await keep(event, evidence);
      if (kept === null) continue;
      target.add(kept);
      const observed = observedOf(kept);
      if (!observed) continue;
      yield { ...observed, seq: event.seq, t_ms: event.t_ms } as SampledEvent;
      target.flushThrough(event.seq);
      await writer.drain();
    }
  }

  const { frame_policy: framePolicy } = ownFacts(source.manifest);
  for await (const { afterSeq, frame } of deriveFrames({
    size: { rows, cols },
    events: events(),
    framePolicy,
  })) {
    target.flushThrough(afterSeq);
    if (remains.length < MOST_REMAINS) remains.push(...lookAt(frame, target.nextSeq, evidence));
    target.writeFrame(frame);
    await writer.drain();
  }
  target.flushThrough(Number.POSITIVE_INFINITY);
  return { finalSeq: target.nextSeq, remains };
}

type Kept = Exclude<CassetteEvent, { kind: "frame" | "final" }>;

async function keep(
  event: Kept,
  { source, mask, inputs, redactor, book, onProgress }: SealedEvidence,
): Promise<KeptRecord | null> {
  const { kind, record } = event;
  if (kind === "input") {
    const input = inputs.get(record.seq);
    return input === null ? null : { kind, record: input ?? record };
  }
  if (kind === "service") return { kind, record: scrubPayload(record, redactor, book, source.dir) };
  const recorded = await source.bytes(record);
  const bytes = mask.apply(recorded, record.offset);
  onProgress?.({ pass: "drawing", done: record.offset + record.length, total: source.rawSize });
  return { kind, record, bytes, masked: bytes !== recorded };
}

type Observed = SampledEvent extends infer Event
  ? Event extends SampledEvent
    ? Omit<Event, "seq" | "t_ms">
    : never
  : never;

/** The sampler's view of a record; it does not need replies to the program's queries. */
function observedOf(kept: KeptRecord): Observed | null {
  if (kept.kind === "output") return { kind: "output", bytes: kept.bytes };
  if (kept.kind === "service") return markLabel(kept.record) === null ? null : { kind: "mark" };
  const { kind, size, answer } = kept.record;
  if (kind === "resize" && size) return { kind: "resize", size };
  return kind === "input" && !answer ? { kind: "input" } : null;
}

function lookAt(
  { text, title = "", t_ms, raw_end }: SampledFrame["frame"],
  seq: number,
  { redactor }: SealedEvidence,
): Remains[] {
  const place = { artifact: ARTIFACT.frames, seq, t_ms, rawEnd: raw_end };
  const shown = redactor.scanScreen(text).map(({ rule }) => ({ rule, ...place }));
  return title === "" ? shown : [...shown, ...remainsIn(redactor.scrubText(title).report, place)];
}
