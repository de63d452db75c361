import type { EventKind, JsonValue } from "@cassette/format";
import type { ColorName } from "@cassette/terminal/masks";
import type { ReferenceAssertion } from "./assertion.js";

// Our own assertions have separate types, so that a reader of the reference's files fails on them instead of ignoring a field
// it does not know.

/** At most one of these says when. Default: the end. */
export interface At {
  name?: string;
  at_ms?: number;
  at_seq?: number;
  at_mark?: string;
}

/** Like `frame_contains`, `frame_never_contains`, `frame_eventually_contains`, by a regular expression. */
export type FrameMatches =
  | { type: "frame_matches"; name?: string; pattern: Pattern; at_ms?: number }
  | { type: "frame_never_matches"; name?: string; pattern: Pattern }
  | {
      type: "frame_eventually_matches";
      name?: string;
      pattern: Pattern;
      at_ms?: number;
      within_ms?: number;
    };
/** `/…/flags`, or the expression alone. */
export type Pattern = string;
/** The window's title equals `text`, or matches `pattern`. */
export interface TitleIs extends At {
  type: "title";
  text?: string;
  pattern?: Pattern;
}
/** The alternate screen is shown, or with `active: false` is not. */
export interface AlternateScreen extends At {
  type: "alternate_screen";
  active?: boolean;
}
/** The bell rings at least `min` (1) and at most `max` times from `at_ms` (0) to `within_ms` later (the end). */
export interface BellRings {
  type: "bell";
  name?: string;
  min?: number;
  max?: number;
  at_ms?: number;
  within_ms?: number;
}
/** One row contains the text, every cell of it in this style; properties that are not given may have any value. */
export interface TextStyle extends At {
  type: "text_style";
  text: string;
  fg?: ColorName;
  bg?: ColorName;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
  blink?: boolean;
  reverse?: boolean;
  hidden?: boolean;
  strike?: boolean;
}
/** The screen equals this text, except for blank rows at the end and blanks at the ends of rows. */
export interface ScreenEquals extends At {
  type: "screen_equals";
  text: string;
  /** Replace clocks, pids, durations and the like on both sides. Default: true. */
  normalise?: boolean;
}
/** Events like these happen in this order; others may come between them. */
export interface EventOrder {
  type: "event_order";
  name?: string;
  events: EventPattern[];
}
/** An event that matches all given fields. */
export interface EventPattern {
  kind?: EventKind | "resize" | "signal" | "mark";
  /** A frame's, an output's, an input's or the final text contains this; a mark's label is this. */
  text?: string;
  /** An input's key. */
  key?: string;
  bytes_hex?: string;
  /** A service event's payload has a value there, equal to `equals` if given. */
  json_path?: string;
  equals?: JsonValue;
}
/** Some service event has a value there; with `equals`, an equal one; with `pattern`, a string that matches. */
export interface ServiceJsonPath {
  type: "service_json_path";
  name?: string;
  json_path: string;
  equals?: JsonValue;
  pattern?: Pattern;
}

/** An assertion of a scenario, distinguished by its `type`. */
export type Assertion =
  | ReferenceAssertion
  | FrameMatches
  | TitleIs
  | AlternateScreen
  | BellRings
  | TextStyle
  | ScreenEquals
  | EventOrder
  | ServiceJsonPath;

/** The type of an assertion. */
export type AssertionType = Assertion["type"];
