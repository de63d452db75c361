import type { AlsoFind } from "../engine/detect-masked.js";
import type { Detector } from "../engine/detector.js";
import { type Effect, effectOf, effectOfEscape } from "./escapes.js";
import { judge, SUSPECT_LEADS } from "./invisible.js";
import { createLane, type Lane, type SourceHit } from "./lane.js";

/** Takes a terminal's bytes apart: what it prints, without what it does not show, and what is inside its strings. */
export interface Extractor {
  /** @param offset of the first byte in the source. */
  push(bytes: Uint8Array, offset: number): void;
  put(byte: number, offset: number): void;
  /** Offset of the first byte that no look has begun at yet, infinity if there is none. */
  readonly unseenFrom: number;
  /** Looks at what no look has begun at yet, as if nothing came after it. */
  peek(onHit: (hit: SourceHit) => boolean): void;
  /** Nothing more comes. */
  finish(): void;
}

/** What an extractor reports besides hits. */
export interface ExtractorOptions {
  detector: Detector;
  /** Whether the hit is masked. */
  report(hit: SourceHit): boolean;
  /** Is asked about what is left of each part of the stream. */
  also?: AlsoFind;
  /** The cursor moved other than by printing, or is about to go up, or something is about to be erased, at this offset. */
  onEffect?(effect: Exclude<Effect, "none">, offset: number): void;
  /** Strings inside of strings are taken apart this deep. */
  depth?: number;
}

type State = "ground" | "escape" | "intermediate" | "csi" | "string" | "string-escape";

const DEEPEST = 2;
const LONGEST_PARAMS = 256;
/** A longer run of one character is no secret, and a few bytes would make a long text. */
const MOST_REPEATS = 100;
const STRING_STARTS = new Set([..."]PX^_"]);
const C1_STRINGS = new Set([0x90, 0x98, 0x9d, 0x9e, 0x9f]);

/** Where an extractor is in its stream. */
interface Parser {
  readonly options: ExtractorOptions;
  readonly lane: Lane;
  state: State;
  params: string;
  sequenceAt: number;
  /** Bytes of a character that may be invisible, and the offset of the first. */
  held: readonly number[];
  heldAt: number;
  lastInString: number;
  /** Takes the strings apart; made when there is one. */
  inner: Extractor | null;
  hasReturned: boolean;
}

/** Makes an extractor. */
export function createExtractor(options: ExtractorOptions): Extractor {
  const { detector, report, also } = options;
  const lane = createLane(detector, report, also);
  const parser: Parser = {
    options,
    lane,
    state: "ground",
    params: "",
    sequenceAt: 0,
    held: [],
    heldAt: 0,
    lastInString: 0,
    inner: null,
    hasReturned: false,
  };
  return {
    put: (byte, at) => put(parser, byte, at),
    push: (bytes, offset) => push(parser, bytes, offset),
    get unseenFrom() {
      const ofHeld = parser.held.length > 0 ? parser.heldAt : Number.POSITIVE_INFINITY;
      return Math.min(lane.unseenFrom, ofHeld, parser.inner?.unseenFrom ?? Number.POSITIVE_INFINITY);
    },
    peek(onHit) {
      parser.inner?.peek(onHit);
      lane.peek(onHit);
    },
    finish() {
      if (parser.state === "string" || parser.state === "string-escape") parser.inner?.finish();
      parser.held = [];
      parser.state = "ground";
      lane.finish();
    },
  };
}

function push(parser: Parser, bytes: Uint8Array, offset: number): void {
  for (let index = 0; index < bytes.length; index++) {
    if (parser.state === "ground" && parser.held.length === 0 && !parser.hasReturned) {
      const end = ordinaryEnd(bytes, index);
      if (end > index) parser.lane.addRun(bytes, index, end, offset + index);
      index = colourEnd(bytes, end);
      if (index > end) {
        index--;
        continue;
      }
      if (end === bytes.length) return;
    }
    put(parser, bytes[index] ?? 0, offset + index);
  }
}

function put(parser: Parser, byte: number, at: number): void {
  if (parser.hasReturned) {
    parser.hasReturned = byte === 0x0d;
    // A return that begins no new line is followed by something drawn over the row.
    if (byte !== 0x0a && byte !== 0x0d) parser.options.onEffect?.("moves", at);
  }
  STEPS[parser.state](parser, byte, at);
}

function takeEffect(parser: Parser, kind: Effect): void {
  if (kind === "none") return;
  parser.lane.separate();
  parser.options.onEffect?.(kind, parser.sequenceAt);
}

function ground(parser: Parser, byte: number, at: number): void {
  if (parser.held.length > 0 && continueHeld(parser, byte, at)) return;
  if (SUSPECT_LEADS.has(byte)) {
    parser.held = [byte];
    parser.heldAt = at;
  } else if (byte >= 0x20) {
    if (byte !== 0x7f) parser.lane.add(byte, at);
  } else control(parser, byte, at);
}

/** Whether the byte was used up with those held. */
function continueHeld(parser: Parser, byte: number, at: number): boolean {
  const before = parser.held;
  const bytes = [...before, byte];
  const verdict = byte >= 0x80 && byte <= 0xbf ? judge(bytes) : "ordinary";
  parser.held = verdict === "undecided" ? bytes : [];
  if (verdict === "undecided" || verdict === "invisible") return true;
  if (typeof verdict === "number") {
    c1(parser, verdict, at - 1);
    return true;
  }
  for (const [index, held] of before.entries()) parser.lane.add(held, at - before.length + index);
  return false;
}

function c1(parser: Parser, code: number, at: number): void {
  parser.sequenceAt = at;
  if (code === 0x9b) startCsi(parser);
  else if (C1_STRINGS.has(code)) startString(parser);
  else if (code === 0x84 || code === 0x85 || code === 0x8d) takeEffect(parser, "moves");
}

function control(parser: Parser, byte: number, at: number): void {
  parser.sequenceAt = at;
  if (byte === 0x1b) parser.state = "escape";
  else if (byte === 0x0a || byte === 0x09) parser.lane.add(byte, at);
  else if (byte === 0x0d) {
    parser.lane.add(byte, at);
    parser.hasReturned = true;
  } else if (byte === 0x08 || byte === 0x0b || byte === 0x0c) takeEffect(parser, "moves");
}

function startCsi(parser: Parser): void {
  parser.state = "csi";
  parser.params = "";
}

function startString(parser: Parser): void {
  const { options } = parser;
  const { depth = 0 } = options;
  parser.state = "string";
  parser.lastInString = 0;
  if (depth < DEEPEST) parser.inner ??= createExtractor({ ...options, onEffect: () => {}, depth: depth + 1 });
}

function endString(parser: Parser): void {
  parser.state = "ground";
  parser.inner?.finish();
}

function escaped(parser: Parser, byte: number, at: number): void {
  const char = String.fromCharCode(byte);
  if (byte === 0x1b) parser.sequenceAt = at;
  else if (char === "[") startCsi(parser);
  else if (STRING_STARTS.has(char)) startString(parser);
  else if (byte >= 0x20 && byte < 0x30) parser.state = "intermediate";
  else {
    parser.state = "ground";
    if (byte < 0x20) control(parser, byte, at);
    else takeEffect(parser, effectOfEscape(char));
  }
}

function csi(parser: Parser, byte: number, at: number): void {
  if (byte === 0x1b) parser.state = "escape";
  else if (byte === 0x18 || byte === 0x1a) parser.state = "ground";
  else if (byte < 0x20) control(parser, byte, at);
  else if (byte >= 0x40 && byte <= 0x7e) {
    parser.state = "ground";
    endCsi(parser, String.fromCharCode(byte));
  } else if (parser.params.length < LONGEST_PARAMS) parser.params += String.fromCharCode(byte);
}

function endCsi(parser: Parser, final: string): void {
  const { lane, params } = parser;
  // vim writes the last character of a row again to make the terminal wrap, and goes on at the next row's first column: the
  // second would be between the two parts of a value.
  if (final === "H" && params.endsWith(";1")) lane.dropRepeated();
  if (final === "b") lane.repeatLast(Math.min(MOST_REPEATS, Math.max(1, Number.parseInt(params, 10) || 1)));
  else takeEffect(parser, effectOf(params, final));
}

function string(parser: Parser, byte: number, at: number): void {
  if (byte === 0x1b) parser.state = "string-escape";
  else if (byte === 0x07 || byte === 0x18 || byte === 0x1a || (byte === 0x9c && parser.lastInString === 0xc2))
    endString(parser);
  else parser.inner?.put(byte, at);
  parser.lastInString = byte;
}

function stringEscape(parser: Parser, byte: number, at: number): void {
  parser.state = "string";
  // A terminal multiplexer passes a sequence on by doubling its escapes.
  if (byte === 0x1b) parser.inner?.put(byte, at);
  else {
    endString(parser);
    if (byte !== 0x5c) escaped(parser, byte, at);
  }
}

function intermediate(parser: Parser, byte: number): void {
  if (byte >= 0x30 || byte < 0x20) parser.state = "ground";
}

const STEPS: Record<State, (parser: Parser, byte: number, at: number) => void> = {
  ground,
  escape: escaped,
  csi,
  string,
  intermediate,
  "string-escape": stringEscape,
};

/** What is shown as it is: most of all output. */
const ORDINARY = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === 0x09 || byte === 0x0a || (byte >= 0x20 && byte !== 0x7f && !SUSPECT_LEADS.has(byte)) ? 1 : 0,
);

function ordinaryEnd(bytes: Uint8Array, start: number): number {
  let end = start;
  while (end < bytes.length && ORDINARY[bytes[end] ?? 0] === 1) end++;
  return end;
}

/** Where a sequence that only sets colours ends, if one that is there as a whole begins at `start`; else `start`. */
function colourEnd(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== 0x1b || bytes[start + 1] !== 0x5b) return start;
  let end = start + 2;
  while ((bytes[end] ?? 0) >= 0x30 && (bytes[end] ?? 0) <= 0x3b && end - start < LONGEST_PARAMS) end++;
  return bytes[end] === 0x6d ? end + 1 : start;
}
