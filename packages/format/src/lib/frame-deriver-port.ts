import type { JsonValue } from "./json.js";
import type { EmulatorIdentity } from "./manifest.js";
import type { TerminalSize } from "./pty-port.js";
import type { FrameRecord, Size } from "./records.js";

/** An event for a sampler, in the order of the recording. `seq` and `t_ms` are the record's. */
export type SampledEvent = { seq: number; t_ms: number } & (
  | { kind: "output"; bytes: Uint8Array }
  | { kind: "resize"; size: Size }
  /** The user or a script typed. Not used for the terminal's replies to queries. */
  | { kind: "input" }
  | { kind: "mark" }
  /** The end of the recording. Nothing follows. */
  | { kind: "final" }
);

/** The kinds of {@link SampledEvent}. */
export type SampledKind = SampledEvent["kind"];

/** A frame and the record it follows. */
export interface SampledFrame {
  afterSeq: number;
  /** Its `t_ms` is that record's. */
  frame: Omit<FrameRecord, "seq">;
}

/** The input of a frame deriver. */
export interface DerivedRecording {
  /** The terminal's first size. */
  size: TerminalSize;
  /** The recording in order; its last event is of kind "final". */
  events: AsyncIterable<SampledEvent> | Iterable<SampledEvent>;
  /** The frame policy in the manifest (`optional.cassette.frame_policy`), which the deriver interprets. */
  framePolicy?: JsonValue;
  /** The `seq` of the last change of size, 0 without any: lines above the screen are kept until then. Default: always. */
  lastResize?: number;
  /** The emulator that the manifest names; characters take as many columns as there. */
  emulator?: EmulatorIdentity;
}

/** Port: derives the frames of a recording, in order; the same recording gives the same frames. */
export type FrameDeriver = (recording: DerivedRecording) => AsyncIterable<SampledFrame>;
