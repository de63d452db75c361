import { hash } from "node:crypto";
import {
  CassetteError,
  DOCUMENTS,
  type DocumentName,
  type DocumentTypes,
  optionalDocumentNames,
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
import { createInputLines, type HeldInput, heldRecord } from "../passwords/held-input.js";
import { createInputFilter } from "../passwords/withheld-input.js";
import type { SpoolWriter } from "../spool/spool-writer.js";
import { createLineOffsets, type LineOffsets } from "./overwrite.js";
import type { RecordCalls } from "./recorder.js";
import type { RecordingTime } from "./recording-time.js";
import { createSessionEnd } from "./session-end.js";
import { encodeChecked } from "./written-record.js";

/** The state of a recording. */
export interface RecordingState {
  phase: "open" | "closing" | "closed" | "aborted";
  /** Records made so far; the `seq` of the last one. */
  seq: number;
  /** Whether the final record exists. */
  finished: boolean;
}

/** The record calls over a spool. */
export function createRecordCalls(
  writer: SpoolWriter,
  time: RecordingTime,
  state: RecordingState,
): { calls: RecordCalls; places: LineOffsets; withholdHeld: () => void } {
  const { lines, raw, documents } = writer;
  const filterInput = createInputFilter();
  const sessionEnd = createSessionEnd();
  const places = createLineOffsets();
  const inputLines = createInputLines((line) => lines.input.appendText(`${line}\n`));
  const held = new Set<HeldInput>();
  let offset = 0;

  const calls: RecordCalls = {
    recordInput({ kind = "input", ...rest }) {
      demandBytes(rest.bytes, true);
      const draft = { ...next(), kind, ...rest };
      const { line, record } = encodeChecked("input", draft, encodeInputRecord, parseInputRecord);
      return append("input", line, record);
    },
    recordOutput(bytes) {
      demandBytes(bytes, false);
      demandNext();
      const t_ms = time.quantised();
      const { length } = bytes;
      const record = { seq: state.seq + 1, t_ms, offset, length, sha256: hash("sha256", bytes, "hex") };
      raw.append(bytes);
      places.add(record.seq, lines.output.length);
      lines.output.appendAscii(encodeOutputLine(record));
      offset += length;
      state.seq++;
      writer.start();
      return record;
    },
    recordFrame(frame) {
      const cursor = { Row: 0, Col: 0, Visible: false };
      const draft = { ...next(), raw_start: 0, raw_end: 0, parser_offset: 0, cursor, ...frame };
      const { line, record } = encodeChecked("frame", draft, encodeFrameRecord, parseFrameRecord);
      return append("frame", line, record);
    },
    recordServiceEvent(payload) {
      if (payload === undefined) throw new TypeError("A payload is expected.");
      const text = isJsonText(payload) ? payload : encodeJsonText(payload);
      const draft = { ...next(), payload: text };
      const { line, record } = encodeChecked(
        "payload",
        draft,
        encodeServiceEventRecord,
        parseServiceEventRecord,
      );
      return append("service-event", line, record);
    },
    recordSessionEvent(event) {
      const { kind, size, signal } = event;
      if (kind === "output") return calls.recordOutput(event.bytes ?? new Uint8Array());
      if (kind === "resize") return calls.recordInput({ kind, size: wireSize(size) });
      if (kind === "signal") return calls.recordInput({ kind, signal });
      sessionEnd.observe(event, offset);
      const drafts = kind === "input" ? filterInput(event) : [];
      return drafts.map(calls.recordInput).at(-1) ?? null;
    },
    holdInput(event) {
      const place = next();
      const setLine = inputLines.reserve();
      state.seq++;
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
    },
    recordFinal(final = {}) {
      withholdHeld();
      if (state.finished && state.phase === "open") {
        throw new CassetteError("CASSETTE_FINAL_DUPLICATE", "The final record was recorded before.");
      }
      const duration_ms = final.duration_ms || time.elapsed();
      const draft = { ...next(), ...sessionEnd.complete(final, offset), duration_ms };
      const record = put("final", draft);
      state.seq++;
      state.finished = true;
      return record;
    },
    writeDocuments(given) {
      for (const name of optionalDocumentNames) if (given[name]) write(name, given[name]);
    },
    writeQuota: (quota) => write("quota", quota),
    writeDiscovery: (discovery) => write("discovery", discovery),
    writeScrubReport: (report) => write("scrubReport", report),
  };
  return { calls, places, withholdHeld };

  /** Input that is undecided when the recording ends is withheld. */
  function withholdHeld(): void {
    for (const input of held) input.settle("withheld");
  }

  function demandOpen(): void {
    if (state.phase !== "open") throw recorderClosed();
    if (writer.failure) throw writer.failure;
  }

  /** Place and time of the next record; only {@link append} and the like use up the `seq`. */
  function next(): { seq: number; t_ms: number } {
    demandNext();
    return { seq: state.seq + 1, t_ms: time.quantised() };
  }

  function demandNext(): void {
    demandOpen();
    if (!state.finished) return;
    throw new CassetteError("CASSETTE_FINAL_PASSED", "The final record was recorded; none can follow it.");
  }

  function append<T>(kind: "input" | "frame" | "service-event", line: string, record: T): T {
    if (kind === "input") {
      if (inputLines.isSettled) places.add(state.seq + 1, lines.input.length);
      inputLines.append(line);
    } else lines[kind].appendText(`${line}\n`);
    state.seq++;
    writer.start();
    return record;
  }

  function write<Name extends DocumentName>(name: Name, value: DocumentTypes[Name]): void {
    demandOpen();
    put(name, value);
  }

  function put<Name extends DocumentName>(name: Name, value: DocumentTypes[Name]): DocumentTypes[Name] {
    const { file } = DOCUMENTS[name];
    const { line, record } = encodeChecked(
      file,
      value,
      (given) => encodeDocument(name, given),
      (text, where) => parseDocument(name, text, where),
    );
    documents.put(file, line);
    writer.start();
    return record;
  }
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
