import { hash } from "node:crypto";
import {
  ARTIFACT,
  CassetteError,
  type CassetteEvent,
  cassetteExtras,
  type InputRecord,
  type OutputRecord,
  type Redactor,
  type SampledEvent,
  type SampledFrame,
} from "@cassette/format";
import { isDrawingFailure } from "../frames/drawing-failure.js";
import type { Cassette } from "../reader/cassette.js";
import { markLabel } from "../reader/marks.js";
import type { SpoolWriter } from "../spool/spool-writer.js";
import { createEvidenceWriter, type EvidenceWriter, type KeptRecord } from "./evidence-writer.js";
import type { OutputMask } from "./output-mask.js";
import type { ReportBuilder } from "./report-builder.js";
import { scrubPayload, scrubUnknownFields } from "./scrub-records.js";
import type { SealOptions } from "./seal-options.js";
import { type RemainingSecret, remainingSecrets } from "./secret-remains.js";

/** What writing the sealed records needs. */
export interface SealedEvidence extends Pick<SealOptions, "deriveFrames" | "onProgress" | "signal"> {
  redactor: Redactor;
  source: Cassette;
  mask: OutputMask;
  inputs: ReadonlyMap<number, InputRecord | null>;
  builder: ReportBuilder;
  writer: SpoolWriter;
}

/** At most this many are listed; one is enough to continue. */
const MOST_REMAINS = 100;

/** The written evidence. */
export interface WrittenEvidence {
  /** Number of the final record. */
  finalSeq: number;
  /** What was found in frames. */
  remains: RemainingSecret[];
  /** Bytes of output before which drawing stopped; null if all was drawn. */
  drawingStoppedAt: number | null;
}

/** Writes all records again, with frames derived from the masked output, and scans each frame. */
export async function writeEvidence(evidence: SealedEvidence): Promise<WrittenEvidence> {
  const { source, writer, signal } = evidence;
  const target = createEvidenceWriter(writer);
  const recorded = source.events()[Symbol.asyncIterator]();
  /** Bytes of output that were observed. */
  let observed = 0;

  /** Takes the next record that is not a frame, and passes it to the writer. */
  async function next(): Promise<KeptRecord | FinalEvent> {
    for (;;) {
      signal?.throwIfAborted();
      const { value: event, done } = await recorded.next();
      if (done) throw new Error("A cassette ends with its final record.");
      if (event.kind === "final") return event;
      if (event.kind === "frame") continue;
      const kept = await keep(event, evidence);
      if (kept === null) continue;
      target.add(kept);
      return kept;
    }
  }

  /** The sampler's input. When it pulls the next event, it has emitted everything before the last record. */
  async function* events(): AsyncGenerator<SampledEvent, void> {
    for (;;) {
      const kept = await next();
      const { seq, t_ms } = kept.record;
      if (kept.kind === "final") return yield { kind: "final", seq, t_ms };
      const event = observedOf(kept);
      if (!event) continue;
      yield { ...event, seq, t_ms } as SampledEvent;
      if (kept.kind === "output") observed = kept.record.offset + kept.record.length;
      target.flushThrough(seq);
      await writer.drain();
    }
  }

  const remains: RemainingSecret[] = [];
  const drawing = writeFrames(events(), target, remains, evidence);
  const failure: unknown = await drawing.then(
    () => null,
    (error: unknown) => error,
  );
  if (failure !== null && !isDrawingFailure(failure)) throw failure;
  for (
    let kept = failure === null ? null : await next();
    kept && kept.kind !== "final";
    kept = await next()
  ) {
    target.flushThrough(kept.record.seq);
    await writer.drain();
  }
  await recorded.return?.();
  target.flushThrough(Number.POSITIVE_INFINITY);
  return { finalSeq: target.nextSeq, remains, drawingStoppedAt: failure === null ? null : observed };
}

type FinalEvent = Extract<CassetteEvent, { kind: "final" }>;

async function writeFrames(
  events: AsyncIterable<SampledEvent>,
  target: EvidenceWriter,
  remains: RemainingSecret[],
  evidence: SealedEvidence,
): Promise<void> {
  const { source, deriveFrames, writer } = evidence;
  const { initial_rows: rows, initial_cols: cols, emulator } = source.manifest.terminal;
  const { frame_policy: framePolicy } = cassetteExtras(source.manifest);
  for await (const { afterSeq, frame } of deriveFrames({
    size: { rows, cols },
    events,
    framePolicy,
    lastResize: lastResizeIn(evidence.inputs),
    emulator,
  })) {
    target.flushThrough(afterSeq);
    if (remains.length < MOST_REMAINS) remains.push(...observeScreen(frame, target.nextSeq, evidence));
    target.writeFrame(frame);
    await writer.drain();
  }
}

function lastResizeIn(inputs: SealedEvidence["inputs"]): number {
  let last = 0;
  for (const [seq, record] of inputs) if (record?.size) last = Math.max(last, seq);
  return last;
}

type Kept = Exclude<CassetteEvent, { kind: "frame" | "final" }>;

async function keep(
  event: Kept,
  { source, mask, inputs, redactor, builder, onProgress }: SealedEvidence,
): Promise<KeptRecord | null> {
  const { kind, record } = event;
  if (kind === "input") {
    const input = inputs.get(record.seq);
    return input === null ? null : { kind, record: input ?? record };
  }
  if (kind === "service-event") return { kind, record: scrubPayload(record, redactor, builder, source.dir) };
  const kept = scrubUnknownFields(record, ARTIFACT.output, { redactor, file: source.dir, add: builder.add });
  const recorded = await source.bytes(record);
  const bytes = mask.apply(recorded, record.offset);
  if (bytes !== recorded) checkRecorded(recorded, record, source.dir);
  onProgress?.({ pass: "drawing", done: record.offset + record.length, total: source.rawSize });
  return { kind, record: kept, bytes, masked: bytes !== recorded };
}

/** Bytes that are masked get another digest: a fault of the disk would not be seen later. */
function checkRecorded(bytes: Uint8Array, { seq, sha256 }: OutputRecord, file: string): void {
  if (sha256 === "" || hash("sha256", bytes, "hex") === sha256) return;
  const message = "The chunk's bytes are not those recorded.";
  throw new CassetteError("CASSETTE_CHUNK_DIGEST_MISMATCH", message, { file, seq });
}

type Observed = SampledEvent extends infer Event
  ? Event extends SampledEvent
    ? Omit<Event, "seq" | "t_ms">
    : never
  : never;

/** The sampler's view of a record; it does not need replies to the program's queries. */
function observedOf(kept: KeptRecord): Observed | null {
  if (kept.kind === "output") return { kind: "output", bytes: kept.bytes };
  if (kept.kind === "service-event") return markLabel(kept.record) === null ? null : { kind: "mark" };
  const { kind, size, answer } = kept.record;
  if (kind === "resize" && size) return { kind: "resize", size };
  return kind === "input" && !answer ? { kind: "input" } : null;
}

function observeScreen(
  { text, title = "", t_ms, raw_end }: SampledFrame["frame"],
  seq: number,
  { redactor }: SealedEvidence,
): RemainingSecret[] {
  const place = { artifact: ARTIFACT.frames, seq, t_ms, rawEnd: raw_end };
  const shown = redactor.scanScreen(text).map(({ rule }) => ({ rule, ...place }));
  return title === "" ? shown : [...shown, ...remainingSecrets(redactor.scrubText(title).report, place)];
}
