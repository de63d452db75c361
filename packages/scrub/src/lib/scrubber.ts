import type { InputRecord, JsonValue, ScrubReport } from "@cassette/format";
import type { ScrubStreamOptions, StreamEvent } from "./stream/detect-stream.js";
import type { StreamMask } from "./stream/stream-mask.js";

/** Text after scrubbing, and what was found in it. */
export interface ScrubbedText {
  text: string;
  report: ScrubReport;
}

/** An environment after scrubbing, and how much of it was left out. */
export interface ScrubbedEnv {
  env: Record<string, string>;
  report: ScrubReport;
}

/** A JSON value after scrubbing. */
export interface ScrubbedJson {
  value: JsonValue;
  report: ScrubReport;
}

/** Input records after scrubbing. */
export interface ScrubbedInputs {
  records: InputRecord[];
  report: ScrubReport;
}

/** What is to be masked in a stream. */
export interface ScrubbedStream {
  mask: StreamMask;
  report: ScrubReport;
}

/** Finds and replaces what a rule set knows. */
export interface Scrubber {
  /** Replaces everything the rules find. Linear in the length of the text. */
  scrubText(text: string): ScrubbedText;
  /** Keeps the variables that are on the allow-list; `go-v1` keeps their values as they are. */
  scrubEnv(env: Readonly<Record<string, string>>): ScrubbedEnv;
  /** The text with whatever merely changes between runs replaced too, for comparing. */
  normalise(text: string): string;
}

/** A scrubber for everything a cassette holds. */
export interface FullScrubber extends Scrubber {
  /** Replaces in keys and strings of any depth; a string under a key that says secret goes whole. */
  scrubJson(value: JsonValue): ScrubbedJson;
  /** Masks what was typed, over the borders of records and over corrections. Records without a hit are the same objects. */
  scrubInputs(records: readonly InputRecord[]): ScrubbedInputs;
  /**
   * Reads a terminal's output and finds what to mask: bytes for bytes and columns for columns, so that offsets and layout
   * stand. Memory grows with the hits, not with the stream.
   * @throws signal.reason when aborted.
   */
  scrubStream(
    events: AsyncIterable<StreamEvent> | Iterable<StreamEvent>,
    options?: ScrubStreamOptions,
  ): Promise<ScrubbedStream>;
}
