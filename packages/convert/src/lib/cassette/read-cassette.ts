import {
  type CassetteEvent,
  cassetteExtras,
  type FinalRecord,
  type InputRecord,
  type JsonValue,
  type Manifest,
  type OutputRecord,
  signalName,
} from "@cassette/format";
import { nonEmpty } from "../recording/known-fields.js";
import { createLossTally, type LossTally } from "../recording/losses.js";
import type {
  RecordedExit,
  RecordingEvent,
  RecordingFacts,
  TerminalRecording,
} from "../recording/recording.js";
import { startAtDate } from "../recording/start-time.js";
import { isMap, mapIn, numberIn, textIn, textsIn } from "../source/parse-json.js";

/** What of an open cassette is read; that of `openCassette` in core will do. */
export interface ReadableCassette {
  readonly manifest: Manifest;
  readonly final: FinalRecord;
  events(wanted: { kinds: CassetteEvent["kind"][] }): AsyncIterable<CassetteEvent>;
  raw(): AsyncIterable<Uint8Array>;
  bytes(record: OutputRecord): Promise<Uint8Array>;
}

/** Events in a batch. */
const BATCH = 1_024;

/** Reads a cassette as a recording that other formats are written from. */
export function readCassette(cassette: ReadableCassette): TerminalRecording {
  const losses = createLossTally();
  return {
    format: "cassette",
    facts: factsIn(cassette.manifest),
    losses,
    async *events() {
      const output = sequentialOutput(cassette);
      let batch: RecordingEvent[] = [];
      for await (const event of cassette.events({ kinds: ["input", "output", "service-event"] })) {
        const atUs = event.t_ms * 1_000;
        if (event.kind === "output")
          batch.push({ kind: "output", atUs, bytes: await output.next(event.record) });
        else if (event.kind === "input") batch.push(...inputOf(event.record, atUs, losses));
        else if (event.kind === "service-event")
          batch.push(...serviceEventOf(event.record.payload.json, atUs, losses));
        if (batch.length < BATCH) continue;
        yield batch;
        batch = [];
      }
      batch.push(endOf(cassette.final, losses));
      yield batch;
    },
  };
}

function factsIn(manifest: Manifest): RecordingFacts {
  const { terminal, command, harness, provenance } = manifest;
  const { title, idle_time_limit_s, source } = cassetteExtras(manifest);
  const { command: line, env, theme, header, started } = mapIn(source) ?? {};
  const argv = nonEmpty(command.argv ?? []);
  return {
    size: { rows: terminal.initial_rows, cols: terminal.initial_cols },
    startedAtMs: started === false ? undefined : startAtDate(provenance.recorded_at),
    title: textIn(title),
    command: textIn(line) ?? (argv ? undefined : textIn(harness.name)),
    argv,
    term: textIn(terminal.term),
    locale: textIn(terminal.locale),
    idleLimitS: numberIn(idle_time_limit_s),
    env: nonEmpty(textsIn(env)),
    theme,
    header: mapIn(header),
  };
}

/** The bytes of chunks, which mostly follow each other: then the output is read front to back, without seeking. */
function sequentialOutput(cassette: ReadableCassette): { next(record: OutputRecord): Promise<Uint8Array> } {
  const pieces = cassette.raw()[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  let position = 0;
  return {
    async next(record) {
      if (record.offset !== position) return cassette.bytes(record);
      while (rest.length < record.length) {
        const { value, done } = await pieces.next();
        if (done) return cassette.bytes(record);
        rest = rest.length === 0 ? Buffer.from(value) : Buffer.concat([rest, value]);
      }
      const bytes = rest.subarray(0, record.length);
      rest = rest.subarray(record.length);
      position += record.length;
      return bytes;
    },
  };
}

function inputOf(record: InputRecord, atUs: number, losses: LossTally): RecordingEvent[] {
  const { kind, bytes, key, size, signal, answer, withheld, masked } = record;
  if (withheld) losses.add("withheld-input");
  else if (key !== undefined || answer || masked) losses.add("input-details");
  if (size) return [{ kind: "resize", atUs, size: { rows: size.Rows, cols: size.Cols } }];
  if (signal !== undefined) return [{ kind: "signal", atUs, signal }];
  return kind === "input" && bytes ? [{ kind: "input", atUs, bytes }] : [];
}

function serviceEventOf(json: string, atUs: number, losses: LossTally): RecordingEvent[] {
  const payload = json.includes('"type"') ? (JSON.parse(json) as JsonValue) : null;
  if (isMap(payload) && payload.type === "cassette.mark")
    return [{ kind: "mark", atUs, label: textIn(payload.label) ?? "" }];
  if (isMap(payload) && payload.type === FOREIGN_EVENT) {
    const { source, code, data = null } = payload;
    if (typeof source === "string" && typeof code === "string")
      return [{ kind: "foreign", atUs, source, code, data }];
  }
  losses.add("service-events");
  return [];
}

/** Type of a service event that keeps an event of another format. */
export const FOREIGN_EVENT = "cassette.foreign-event";

function endOf({ exit, t_ms, metadata, usage, ...final }: FinalRecord, losses: LossTally): RecordingEvent {
  const stated = [
    metadata,
    usage,
    final.cost_usd,
    final.routing_actual,
    final.session_log_path,
    final.final_text,
  ];
  losses.add("facts", stated.filter((fact) => fact !== undefined).length);
  return { kind: "end", atUs: t_ms * 1_000, ...(exit && { exit: exitOf(exit) }) };
}

function exitOf({ Code, Signal, Signaled }: NonNullable<FinalRecord["exit"]>): RecordedExit {
  return Signaled ? { signal: signalName(Signal) ?? Signal } : { code: Code };
}
