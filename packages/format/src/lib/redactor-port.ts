import type { CellProvenance, Emulator } from "./emulator-port.js";
import type { JsonValue } from "./json.js";
import type { TerminalSize } from "./pty-port.js";
import type { InputRecord } from "./records.js";
import type { ScrubReport } from "./reports.js";
import type { StreamMask } from "./stream-mask.js";

/** Scrubbed text, and what was found in it. */
export interface ScrubbedText {
  text: string;
  report: ScrubReport;
}

/** A scrubbed JSON value. */
export interface ScrubbedJson {
  value: JsonValue;
  report: ScrubReport;
}

/** Scrubbed input records. */
export interface ScrubbedInputs {
  records: InputRecord[];
  report: ScrubReport;
}

/** The masks for a stream. */
export interface ScrubbedStream {
  mask: StreamMask;
  report: ScrubReport;
}

/**
 * What a program printed, in order: chunks as they were read, and changes of the terminal's size. `look` requests a scan of
 * the screen at that moment.
 */
export type StreamEvent =
  | { readonly bytes: Uint8Array }
  | { readonly resize: TerminalSize }
  | { readonly look: true };

/** A hit of a rule on a screen. */
export interface ScreenHit {
  readonly rule: string;
  /** Half-open ranges of UTF-16 units in rows; more than one if it continues in another row. */
  readonly places: readonly { readonly row: number; readonly start: number; readonly end: number }[];
}

/** Options of a scan of a stream. */
export interface ScrubStreamOptions {
  /**
   * Finds which byte painted each cell of the screen. Without it, text drawn out of order is not found; if there is some,
   * the report says so in `skipped`. The caller closes it.
   */
  provenance?: CellProvenance;
  /**
   * Draws screens if there is no provenance, at a fraction of its cost. It detects that a screen showed
   * more than the stream gave, but not which bytes drew it, so nothing is masked for it; the report says so in `skipped`.
   * The caller closes it.
   */
  screens?: Emulator;
  signal?: AbortSignal;
}

/** Port: finds and masks secrets in all artifacts of a cassette. */
export interface Redactor {
  /** Replaces everything the rules find. Linear in the length of the text. */
  scrubText(text: string): ScrubbedText;
  /** Replaces in keys and strings of any depth; a string under a key with a secret name is replaced whole. */
  scrubJson(value: JsonValue): ScrubbedJson;
  /** Masks typed input, across records and corrections. Records without a hit are the same objects. */
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
   * Scans a screen in the form of a frame, as the last check after scrubbing: in each row, across row ends and through
   * the usual encodings. Masks and labels do not count as hits.
   */
  scanScreen(rows: readonly string[]): readonly ScreenHit[];
}
