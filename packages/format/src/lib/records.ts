import type { FreeMap, JsonText } from "./json.js";

/** The fields of every record. */
export interface Timed {
  /** Place in the merged order of all records of all files: 1, 2, 3, … without gaps. */
  seq: number;
  /** Milliseconds since the recording began, a multiple of `timing.resolution_ms`. Never falls. */
  t_ms: number;
}

/** Size of a terminal on the wire. */
export interface Size {
  Rows: number;
  Cols: number;
}

/** A line of `input.jsonl`: an input to the program. */
export interface InputRecord extends Timed {
  /** "input", "resize" or "signal"; a reader accepts any word. */
  kind: string;
  bytes?: Uint8Array;
  /** Name of the key that sends these bytes ("enter", "ctrl-c"). */
  key?: string;
  size?: Size;
  signal?: string;
  /** Typed while the terminal was canonical without echo: neither bytes nor key were recorded. Ours. */
  withheld?: boolean;
  /** A reply to a terminal query, not typed by the user. Ours. */
  answer?: boolean;
  /** Byte ranges `[start, end)` of `bytes` that a scrubber masked. Ours. */
  masked?: [start: number, end: number][];
}

/** A line of `output.jsonl`: the place of one read's bytes in `output.raw`. */
export interface OutputRecord extends Timed {
  /** Byte offset into `output.raw`. */
  offset: number;
  /** Number of bytes. */
  length: number;
  /** Lower-case hexadecimal SHA-256 of these bytes; empty means not computed. */
  sha256: string;
}

/** A line of `frames.jsonl`: a rendered screen, derived from `output.raw`. */
export interface FrameRecord extends Timed {
  size: Size;
  /** One string for each row, trailing U+0020 trimmed. */
  text: string[];
  /** Rows of cells, if requested. */
  cells?: Cell[][];
  cursor: Cursor;
  title?: string;
  /** The frame shows `output.raw` up to `raw_end`; `raw_start` is where the previous frame ended. */
  raw_start: number;
  raw_end: number;
  /** Bytes the emulator had consumed. */
  parser_offset: number;
}

/** Position counted from zero. */
export interface Cursor {
  Row: number;
  Col: number;
  Visible: boolean;
}

/** One grid position: a code point, bits of {@link CELL_MODE}, and two colours ({@link CELL_COLOR}). */
export interface Cell {
  Char: number;
  Mode: number;
  FG: number;
  BG: number;
}

/** A line of `service-events.jsonl`: a message from the program that runs the recording. */
export interface ServiceEventRecord extends Timed {
  payload: JsonText;
}

/** How the program ended. Exactly one of `Exited` and `Signaled` is true for a program that ended by itself. */
export interface Exit {
  /** Exit code, or -1 after a signal. */
  Code: number;
  /** Go's word for the signal ("killed"), else empty. */
  Signal: string;
  Exited: boolean;
  Signaled: boolean;
  /** Always null: the Go reader refuses anything else. */
  Err?: null;
}

/** `final.json`: the end. It has the last `seq`. */
export interface FinalRecord extends Timed {
  exit?: Exit;
  /** Whole milliseconds, not a multiple of the resolution. */
  duration_ms: number;
  metadata?: FreeMap;
  usage?: FreeMap;
  cost_usd?: number;
  routing_actual?: string;
  session_log_path?: string;
  final_text?: string;
}

/** A record in the merged order, tagged with the file it came from. */
export type CassetteEvent =
  | { seq: number; t_ms: number; kind: "input"; record: InputRecord }
  | { seq: number; t_ms: number; kind: "output"; record: OutputRecord }
  | { seq: number; t_ms: number; kind: "frame"; record: FrameRecord }
  | { seq: number; t_ms: number; kind: "service-event"; record: ServiceEventRecord }
  | { seq: number; t_ms: number; kind: "final"; record: FinalRecord };

/** The kinds of event in the merged order. */
export type EventKind = CassetteEvent["kind"];
