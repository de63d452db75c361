import type { EventKind, JsonValue } from "@cassette/format";

/** The common field of all assertions. */
interface Named {
  /** Its name in a failure. Default: its type. */
  name?: string;
}

/** Some frame contains the text; with `at_ms`, the nearest one does. */
export interface FrameContains extends Named {
  type: "frame_contains";
  text: string;
  at_ms?: number;
}
/** No frame contains the text. */
export interface FrameNeverContains extends Named {
  type: "frame_never_contains";
  text: string;
}
/** A frame from `at_ms` (0) to `within_ms` later (the end) contains the text. */
export interface FrameEventuallyContains extends Named {
  type: "frame_eventually_contains";
  text: string;
  at_ms?: number;
  within_ms?: number;
}
/** There are frames from `at_ms` (0) to `stable_for_ms` later, and all contain the text. */
export interface FrameStableFor extends Named {
  type: "frame_stable_for";
  text: string;
  at_ms?: number;
  stable_for_ms: number;
}
/** The cursor of the frame nearest to `at_ms` (0) is at this row and column, counted from 0. */
export interface CursorAt extends Named {
  type: "cursor";
  at_ms?: number;
  cursor_row?: number;
  cursor_col?: number;
  cursor_visible?: boolean;
}
/** The frame nearest to `at_ms` (0) has this size. */
export interface SizeAt extends Named {
  type: "size";
  rows: number;
  cols: number;
  at_ms?: number;
}
/** A frame from `at_ms` (0) to `within_ms` later (the end) has this size. */
export interface SizeEventually extends Named {
  type: "size_eventually";
  rows: number;
  cols: number;
  at_ms?: number;
  within_ms?: number;
}
/**
 * In the frame nearest to `at_ms` (0) one row contains the text, every cell of it in these colours (numbers of the wire format).
 */
export interface CellStyle extends Named {
  type: "style";
  text: string;
  fg?: number;
  bg?: number;
  at_ms?: number;
}
/** Output records increase in `seq`, time and offset. */
export interface RawOutputOrder extends Named {
  type: "raw_output_order";
}
/** An input has exactly these bytes, or is this key. */
export interface InputBytes extends Named {
  type: "input_bytes" | "paste_boundary";
  bytes_hex?: string;
  key?: string;
}
/** There is a resize, and each has an event of the first kind before it and of the second after it. */
export interface ResizeOrder extends Named {
  type: "resize_order";
  before_kind?: EventKind;
  after_kind?: EventKind;
}
/** Some service event has this value at `$` or `$.a.b`. */
export interface ServiceJson extends Named {
  type: "service_json";
  json_path: string;
  equals: JsonValue;
}
/** The final record's metadata has the value; its text contains the text. */
export interface FinalMetadata extends Named {
  type: "final_metadata";
  metadata_key?: string;
  equals?: JsonValue;
  text?: string;
}
/** The program ended like this. */
export interface ExitStatus extends Named {
  type: "exit_status" | "timeout_cancel_status";
  exit_code?: number;
  signaled?: boolean;
}
/** Every gap between consecutive events of the kind (default: all events) is within these limits. */
export interface TimingGap extends Named {
  type: "timing_gap";
  kind?: EventKind;
  min_ms?: number;
  max_ms?: number;
}

/** Assertions that the reference's scenario files have. */
export type ReferenceAssertion =
  | FrameContains
  | FrameNeverContains
  | FrameEventuallyContains
  | FrameStableFor
  | CursorAt
  | SizeAt
  | SizeEventually
  | CellStyle
  | RawOutputOrder
  | InputBytes
  | ResizeOrder
  | ServiceJson
  | FinalMetadata
  | ExitStatus
  | TimingGap;
