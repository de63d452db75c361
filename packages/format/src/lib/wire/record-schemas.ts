import * as v from "valibot";
import type { FinalRecord, FrameRecord, InputRecord, OutputRecord, ServiceEventRecord } from "../records.js";
import {
  bytes,
  flag,
  float,
  freeMap,
  int16,
  integer,
  jsonText,
  natural,
  ranges,
  text,
  texts,
  uint16,
  uint32,
} from "./fields.js";

// Order of entries is order on the wire; `optional` is left out when empty. `t_ms`, `offset` and `length` may be
// negative here, so that the reader can refuse them with a code that says what is wrong.

const timed = { seq: natural, t_ms: integer };
const size = v.looseObject({ Rows: uint16, Cols: uint16 });

/** A line of `input.jsonl`. */
export const inputSchema: v.GenericSchema<unknown, InputRecord> = v.looseObject({
  ...timed,
  kind: text,
  bytes: v.optional(bytes),
  key: v.optional(text),
  size: v.optional(size),
  signal: v.optional(text),
  withheld: v.optional(flag),
  answer: v.optional(flag),
  masked: v.optional(ranges),
});

/** A line of `output.jsonl`. */
export const outputSchema: v.GenericSchema<unknown, OutputRecord> = v.looseObject({
  ...timed,
  offset: integer,
  length: integer,
  sha256: text,
});

const cell = v.looseObject({ Char: integer, Mode: int16, FG: uint32, BG: uint32 });
const cellRow = v.nullish(v.array(cell), []);

/** A line of `frames.jsonl`. */
export const frameSchema: v.GenericSchema<unknown, FrameRecord> = v.looseObject({
  ...timed,
  size,
  text: v.nullable(texts, []),
  cells: v.optional(v.array(cellRow)),
  cursor: v.looseObject({ Row: integer, Col: integer, Visible: flag }),
  title: v.optional(text),
  raw_start: natural,
  raw_end: natural,
  parser_offset: natural,
});

/** A line of `service-events.jsonl`. */
export const serviceEventSchema: v.GenericSchema<unknown, ServiceEventRecord> = v.looseObject({
  ...timed,
  payload: jsonText,
});

const exit = v.looseObject({
  Code: integer,
  Signal: text,
  Exited: flag,
  Signaled: flag,
  Err: v.optional(v.null()),
});

/** `final.json`. */
export const finalSchema: v.GenericSchema<unknown, FinalRecord> = v.looseObject({
  ...timed,
  exit: v.optional(exit),
  duration_ms: integer,
  metadata: v.optional(freeMap),
  usage: v.optional(freeMap),
  cost_usd: v.optional(float),
  routing_actual: v.optional(text),
  session_log_path: v.optional(text),
  final_text: v.optional(text),
});
