import type { Redactor, ScrubbedText, ScrubReport } from "@cassette/format";
import type { TextFilter, TextHit } from "./stream/label-stream.js";

/** An environment after scrubbing, and how much of it was left out. */
export interface ScrubbedEnv {
  env: Record<string, string>;
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
export interface FullScrubber extends Scrubber, Redactor {
  /**
   * Makes a filter for text that arrives in pieces: what is found in 100 KB around a place is replaced by labels there.
   * @param onHit is called for each label, in order.
   */
  filterText(onHit?: (hit: TextHit) => void): TextFilter;
}
