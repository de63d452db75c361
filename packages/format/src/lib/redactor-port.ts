import type { CellProvenance, Emulator } from "./emulator-port.js";
import type { JsonValue } from "./json.js";
import type { TerminalSize } from "./pty-port.js";
import type { InputRecord } from "./records.js";
import type { ScrubReport } from "./reports.js";
import type { StreamMask } from "./stream-mask.js";

/** Text after scrubbing, and what was found in it. */
export interface ScrubbedText {
  text: string;
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

/**
 * What a program printed, in order: chunks as they were read, and changes of the terminal's size. `look` asks for a look at
 * the screen as it is then.
 */
export type StreamEvent =
  | { readonly bytes: Uint8Array }
  | { readonly resize: TerminalSize }
  | { readonly look: true };

/** Something a rule finds on a screen. */
export interface ScreenHit {
  readonly rule: string;
  /** Half-open ranges of UTF-16 units in rows; more than one where it goes on in another row. */
  readonly places: readonly { readonly row: number; readonly start: number; readonly end: number }[];
}

/** How a stream is looked at. */
export interface ScrubStreamOptions {
  /**
   * Finds which byte painted each cell of the screen. Without it what was drawn out of order is not found; if something was,
   * the report says so in `skipped`. The caller closes it.
   */
  provenance?: CellProvenance;
  /**
   * Draws screens to be looked at where there is no provenance, at a fraction of its cost. It detects that a screen showed
   * more than the stream gave, but not which bytes drew it, so nothing is masked for it; the report says so in `skipped`.
   * The caller closes it.
   */
  screens?: Emulator;
  signal?: AbortSignal;
}

/** Port: finds and masks secrets in everything a cassette holds. */
export interface Redactor {
  /** Replaces everything the rules find. Linear in the length of the text. */
  scrubText(text: string): ScrubbedText;
  /** Replaces in keys and strings of any depth; a string under a key that says secret goes whole. */
  scrubJson(value: JsonValue): ScrubbedJson;
  /** Masks what was typed, over the borders of records and over corrections. Records without a hit are the same objects. */
  scrubInputs(records: readonly InputRecord[]): ScrubbedInputs;
  /**
   * Reads a terminal's output and finds what to mask: bytes for bytes and columns for columns, so that offsets and layout
   * stay valid. Memory grows with the hits, not with the stream.
   * @throws signal.reason when aborted.
   */
  scrubStream(
    events: AsyncIterable<StreamEvent> | Iterable<StreamEvent>,
    options?: ScrubStreamOptions,
  ): Promise<ScrubbedStream>;
  /**
   * Looks at a screen as a frame has it, for a last look at what was scrubbed: in each row, over row ends and through
   * the usual encodings. Finds no masks and no labels.
   */
  scanScreen(rows: readonly string[]): readonly ScreenHit[];
}
