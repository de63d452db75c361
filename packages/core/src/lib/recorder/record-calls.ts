import { hash } from "node:crypto";
import {
  CassetteError,
  DOCUMENTS,
  type DocumentName,
  type DocumentTypes,
  type FinalRecord,
  type FrameRecord,
  type InputRecord,
  type OutputRecord,
  optionalDocumentNames,
  type ServiceEventRecord,
  type Size,
  type TerminalSize,
} from "@cassette/format";
import {
  encodeDocument,
  encodeFrameRecord,
  encodeInputRecord,
  encodeJsonText,
  encodeOutputLine,
  encodeServiceEventRecord,
  isJsonText,
  parseDocument,
  parseFrameRecord,
  parseInputRecord,
  parseServiceEventRecord,
} from "@cassette/format/schema";
import { createInputLines, type HeldInput, heldRecord, type InputLines } from "../passwords/held-input.js";
import { createInputFilter } from "../passwords/withheld-input.js";
import type { SpoolWriter } from "../spool/spool-writer.js";
import { createLineOffsets, type LineOffsets } from "./overwrite.js";
import type { RecordCalls } from "./recorder.js";
import type { RecordingTime } from "./recording-time.js";
import type { FinalDraft, FrameDraft, InputDraft, SessionEvent } from "./records.js";
import { createSessionEnd, type SessionEnd } from "./session-end.js";
import { encodeChecked } from "./written-record.js";

/** The state of a recording. */
export interface RecordingState {
  phase: "open" | "closing" | "closed" | "aborted";
  /** Records made so far; the `seq` of the last one. */
  seq: number;
  /** Whether the final record exists. */
  finished: boolean;
}

/** A recording in progress, with what its calls share. */
interface Recording {
  readonly writer: SpoolWriter;
  readonly time: RecordingTime;
  readonly state: RecordingState;
  readonly filterInput: ReturnType<typeof createInputFilter>;
  readonly sessionEnd: SessionEnd;
  readonly places: LineOffsets;
  readonly inputLines: InputLines;
  readonly held: Set<HeldInput>;
  /** Bytes of output so far. */
  offset: number;
}

/** The record calls over a spool. */
export function createRecordCalls(
  writer: SpoolWriter,
  time: RecordingTime,
  state: RecordingState,
): { calls: RecordCalls; places: LineOffsets; withholdHeld: () => void } {
  const recording: Recording = {
    writer,
    time,
    state,
    filterInput: createInputFilter(),
    sessionEnd: createSessionEnd(),
    places: createLineOffsets(),
    inputLines: createInputLines((line) => writer.lines.input.appendText(`${line}\n`)),
    held: new Set(),
    offset: 0,
  };
  return {
    calls: {
      recordInput: (input) => recordInput(recording, input),
      recordOutput: (bytes) => recordOutput(recording, bytes),
      recordFrame: (frame) => recordFrame(recording, frame),
      recordServiceEvent: (payload) => recordServiceEvent(recording, payload),
      recordSessionEvent: (event) => recordSessionEvent(recording, event),
      holdInput: (event) => holdInput(recording, event),
      recordFinal: (final) => recordFinal(recording, final),
      writeDocuments(given) {
        for (const name of optionalDocumentNames) if (given[name]) write(recording, name, given[name]);
      },
      writeQuota: (quota) => write(recording, "quota", quota),
      writeDiscovery: (discovery) => write(recording, "discovery", discovery),
      writeScrubReport: (report) => write(recording, "scrubReport", report),
    },
    places: recording.places,
    withholdHeld: () => withholdHeld(recording),
  };
}

function recordInput(recording: Recording, { kind = "input", ...rest }: InputDraft): InputRecord {
  demandBytes(rest.bytes, true);
  const draft = { ...next(recording), kind, ...rest };
  const { line, record } = encodeChecked("input", draft, encodeInputRecord, parseInputRecord);
  return append(recording, "input", line, record);
}

function recordOutput(recording: Recording, bytes: Uint8Array): OutputRecord {
  demandBytes(bytes, false);
  demandNext(recording);
  const { writer, state, offset } = recording;
  const t_ms = recording.time.quantised();
  const { length } = bytes;
  const record = { seq: state.seq + 1, t_ms, offset, length, sha256: hash("sha256", bytes, "hex") };
  writer.raw.append(bytes);
  recording.places.add(record.seq, writer.lines.output.length);
  writer.lines.output.appendAscii(encodeOutputLine(record));
  recording.offset += length;
  state.seq++;
  writer.start();
  return record;
}

function recordFrame(recording: Recording, frame: FrameDraft): FrameRecord {
  const cursor = { Row: 0, Col: 0, Visible: false };
  const draft = { ...next(recording), raw_start: 0, raw_end: 0, parser_offset: 0, cursor, ...frame };
  const { line, record } = encodeChecked("frame", draft, encodeFrameRecord, parseFrameRecord);
  return append(recording, "frame", line, record);
}

function recordServiceEvent(recording: Recording, payload: unknown): ServiceEventRecord {
  if (payload === undefined) throw new TypeError("A payload is expected.");
  const text = isJsonText(payload) ? payload : encodeJsonText(payload);
  const draft = { ...next(recording), payload: text };
  const { line, record } = encodeChecked("payload", draft, encodeServiceEventRecord, parseServiceEventRecord);
  return append(recording, "service-event", line, record);
}

function recordSessionEvent(recording: Recording, event: SessionEvent): InputRecord | OutputRecord | null {
  const { kind, size, signal } = event;
  if (kind === "output") return recordOutput(recording, event.bytes ?? new Uint8Array());
  if (kind === "resize") return recordInput(recording, { kind, size: wireSize(size) });
  if (kind === "signal") return recordInput(recording, { kind, signal });
  recording.sessionEnd.observe(event, recording.offset);
  const drafts = kind === "input" ? recording.filterInput(event) : [];
  return drafts.map((draft) => recordInput(recording, draft)).at(-1) ?? null;
}

function holdInput(recording: Recording, event: SessionEvent): HeldInput {
  const { held, writer } = recording;
  const place = next(recording);
  const setLine = recording.inputLines.reserve();
  recording.state.seq++;
  const input: HeldInput = {
    settle(outcome) {
      if (!held.delete(input)) return;
      const draft = { ...place, kind: "input", ...heldRecord(event, outcome) };
      setLine(encodeChecked("input", draft, encodeInputRecord, parseInputRecord).line);
      writer.start();
    },
  };
  held.add(input);
  return input;
}

function recordFinal(recording: Recording, final: FinalDraft = {}): FinalRecord {
  const { state, sessionEnd, offset } = recording;
  withholdHeld(recording);
  if (state.finished && state.phase === "open") {
    throw new CassetteError("CASSETTE_FINAL_DUPLICATE", "The final record was recorded before.");
  }
  const duration_ms = final.duration_ms || recording.time.elapsed();
  const draft = { ...next(recording), ...sessionEnd.complete(final, offset), duration_ms };
  const record = put(recording.writer, "final", draft);
  state.seq++;
  state.finished = true;
  return record;
}

/** Input that is undecided when the recording ends is withheld. */
function withholdHeld({ held }: Recording): void {
  for (const input of held) input.settle("withheld");
}

function demandOpen({ state, writer }: Recording): void {
  if (state.phase !== "open") throw recorderClosed();
  if (writer.failure) throw writer.failure;
}

/** Place and time of the next record; only {@link append} and the like use up the `seq`. */
function next(recording: Recording): { seq: number; t_ms: number } {
  demandNext(recording);
  return { seq: recording.state.seq + 1, t_ms: recording.time.quantised() };
}

function demandNext(recording: Recording): void {
  demandOpen(recording);
  if (!recording.state.finished) return;
  throw new CassetteError("CASSETTE_FINAL_PASSED", "The final record was recorded; none can follow it.");
}

function append<T>(
  { writer, state, places, inputLines }: Recording,
  kind: "input" | "frame" | "service-event",
  line: string,
  record: T,
): T {
  if (kind === "input") {
    if (inputLines.isSettled) places.add(state.seq + 1, writer.lines.input.length);
    inputLines.append(line);
  } else writer.lines[kind].appendText(`${line}\n`);
  state.seq++;
  writer.start();
  return record;
}

function write<Name extends DocumentName>(
  recording: Recording,
  name: Name,
  value: DocumentTypes[Name],
): void {
  demandOpen(recording);
  put(recording.writer, name, value);
}

function put<Name extends DocumentName>(
  writer: SpoolWriter,
  name: Name,
  value: DocumentTypes[Name],
): DocumentTypes[Name] {
  const { file } = DOCUMENTS[name];
  const { line, record } = encodeChecked(
    file,
    value,
    (given) => encodeDocument(name, given),
    (text, where) => parseDocument(name, text, where),
  );
  writer.documents.put(file, line);
  writer.start();
  return record;
}

/** The error of calls that come after `close` or `abort`. */
export function recorderClosed(): CassetteError {
  return new CassetteError("CASSETTE_RECORDER_CLOSED", "The recorder was closed or aborted.");
}

function demandBytes(bytes: unknown, optional: boolean): void {
  if (bytes instanceof Uint8Array || (optional && bytes === undefined)) return;
  throw new TypeError("Bytes are expected as a Uint8Array.");
}

function wireSize(size: TerminalSize | undefined): Size {
  return { Rows: size?.rows ?? 0, Cols: size?.cols ?? 0 };
}
