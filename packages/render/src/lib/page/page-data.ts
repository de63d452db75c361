import type { CursorShape } from "@cassette/format";
import type { Color } from "../grid/color.js";
import type { Style } from "../grid/style.js";

/**
 * What a page holds: a header, then blocks. Rows are there once, under numbers that count through all blocks; a screen is what
 * changed of the one before it. The page and the data file of `<cassette-player>` hold the same.
 */
export interface PageHeader {
  version: 1;
  /** Heading of the page: the command, or the title of the recording. */
  title: string;
  /** How it ended, how long and how large it is, on half a line. */
  summary: string;
  /** What the recording is, in words: name and value. */
  facts: readonly (readonly [name: string, value: string])[];
  durationMs: number;
  /** Longer pauses are cut to this while playing; null for none. */
  maxIdleMs: number | null;
  events: readonly PageEvent[];
  /** How the screens were chosen, if some are left out. */
  sampled: string | null;
  /** Why the page was made: an assertion that failed. */
  failure: PageFailure | null;
  /** A second recording to compare with. */
  other: { header: PageHeader; differences: readonly PageDifference[] } | null;
  /** Files of the recording that come along. */
  evidence: readonly PageFile[];
  /** Number of blocks, of the other recording too. */
  blocks: number;
}

/** Something that happened. */
export interface PageEvent {
  t_ms: number;
  seq: number;
  kind: "input" | "mark" | "service" | "resize" | "exit";
  /** In words, on one line. */
  text: string;
  /** More of it: the JSON of a service event. */
  detail?: string;
}

/** An assertion that failed. */
export interface PageFailure {
  seq: number;
  message: string;
  /** Rows of the screen that was expected. */
  expected?: readonly string[];
}

/** A place where two recordings differ: the last screens before the same input. */
export interface PageDifference {
  /** What follows in both, in words. */
  label: string;
  seq: number;
  otherSeq: number;
  /** Rows that differ, from 0. */
  rows: readonly number[];
}

/** A file of the recording. */
export interface PageFile {
  name: string;
  size: number;
  /** As the manifest has it; null for the manifest itself. */
  sha256: string | null;
}

/** A part of the screens, with what they need that no block before it has. */
export interface PageBlock {
  styles: Style[];
  rows: PageRow[];
  screens: PageScreen[];
}

/** A row from left to right, without the plain blanks at its end. */
export type PageRow = PageRun[];

/** Text of one style. With a width, one character that takes so many columns; without, one column for each UTF-16 unit. */
type PageRun = [style: number, text: string, width?: number];

/** A screen as what changed of the one before it. */
export interface PageScreen {
  /** Milliseconds and `seq` since the screen before. */
  t: number;
  q: number;
  /** Size, where it is another. */
  z?: [rows: number, cols: number];
  /** Rows by which the content moved up; done first. */
  s?: number;
  /** Rows that are others then: the first, and the numbers from there on. -1 is an empty row. */
  r?: [first: number, ...rows: number[]][];
  /** Cursor, null while it is invisible. */
  c?: [row: number, col: number] | null;
  /** Shape of the cursor. */
  k?: CursorShape["shape"];
  /** Background that the program set. */
  b?: Color;
}
