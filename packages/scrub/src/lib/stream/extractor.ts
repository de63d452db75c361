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
  peek(report: (hit: SourceHit) => boolean): void;
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

/** Makes an extractor. */
export function createExtractor({
  detector,
  report,
  also,
  onEffect,
  depth = 0,
}: ExtractorOptions): Extractor {
  const lane: Lane = createLane(detector, report, also);
  let state: State = "ground";
  let params = "";
  let sequenceAt = 0;
  let held: number[] = [];
  let heldAt = 0;
  let lastInString = 0;
  let inner: Extractor | null = null;
  let hasReturned = false;

  function effect(kind: Effect): void {
    if (kind === "none") return;
    lane.separate();
    onEffect?.(kind, sequenceAt);
  }

  function ground(byte: number, at: number): void {
    if (held.length > 0 && continueHeld(byte, at)) return;
    if (SUSPECT_LEADS.has(byte)) {
      held = [byte];
      heldAt = at;
    } else if (byte >= 0x20) {
      if (byte !== 0x7f) lane.add(byte, at);
    } else control(byte, at);
  }

  /** Whether the byte was used up with those held. */
  function continueHeld(byte: number, at: number): boolean {
    const bytes = [...held, byte];
    const verdict = byte >= 0x80 && byte <= 0xbf ? judge(bytes) : "ordinary";
    if (verdict === "undecided") {
      held = bytes;
      return true;
    }
    const before = held;
    held = [];
    if (verdict === "invisible") return true;
    if (typeof verdict === "number") {
      c1(verdict, at - 1);
      return true;
    }
    before.forEach((heldByte, index) => {
      lane.add(heldByte, at - before.length + index);
    });
    return false;
  }

  function c1(code: number, at: number): void {
    sequenceAt = at;
    if (code === 0x9b) startCsi();
    else if (C1_STRINGS.has(code)) startString();
    else if (code === 0x84 || code === 0x85 || code === 0x8d) effect("moves");
  }

  function control(byte: number, at: number): void {
    sequenceAt = at;
    if (byte === 0x1b) state = "escape";
    else if (byte === 0x0a || byte === 0x09) lane.add(byte, at);
    else if (byte === 0x0d) {
      lane.add(byte, at);
      hasReturned = true;
    } else if (byte === 0x08 || byte === 0x0b || byte === 0x0c) effect("moves");
  }

  function startCsi(): void {
    state = "csi";
    params = "";
  }

  function startString(): void {
    state = "string";
    lastInString = 0;
    if (depth < DEEPEST) inner ??= createExtractor({ detector, report, also, depth: depth + 1 });
  }

  function endString(): void {
    state = "ground";
    inner?.finish();
  }

  function escaped(byte: number, at: number): void {
    const char = String.fromCharCode(byte);
    if (byte === 0x1b) sequenceAt = at;
    else if (char === "[") startCsi();
    else if (STRING_STARTS.has(char)) startString();
    else if (byte >= 0x20 && byte < 0x30) state = "intermediate";
    else {
      state = "ground";
      if (byte < 0x20) control(byte, at);
      else effect(effectOfEscape(char));
    }
  }

  function csi(byte: number, at: number): void {
    if (byte === 0x1b) state = "escape";
    else if (byte === 0x18 || byte === 0x1a) state = "ground";
    else if (byte < 0x20) control(byte, at);
    else if (byte >= 0x40 && byte <= 0x7e) {
      state = "ground";
      endCsi(String.fromCharCode(byte));
    } else if (params.length < LONGEST_PARAMS) params += String.fromCharCode(byte);
  }

  function endCsi(final: string): void {
    // vim writes the last character of a row again to make the terminal wrap, and goes on at the next row's first column: the
    // second would be between the two parts of a value.
    if (final === "H" && params.endsWith(";1")) lane.dropRepeated();
    if (final === "b") lane.repeatLast(Math.min(MOST_REPEATS, Math.max(1, Number.parseInt(params, 10) || 1)));
    else effect(effectOf(params, final));
  }

  function string(byte: number, at: number): void {
    if (byte === 0x1b) state = "string-escape";
    else if (byte === 0x07 || byte === 0x18 || byte === 0x1a || (byte === 0x9c && lastInString === 0xc2))
      endString();
    else inner?.put(byte, at);
    lastInString = byte;
  }

  function stringEscape(byte: number, at: number): void {
    state = "string";
    // A terminal multiplexer passes a sequence on by doubling its escapes.
    if (byte === 0x1b) inner?.put(byte, at);
    else {
      endString();
      if (byte !== 0x5c) escaped(byte, at);
    }
  }

  const step: Record<State, (byte: number, at: number) => void> = {
    ground,
    escape: escaped,
    csi,
    string,
    intermediate(byte) {
      if (byte >= 0x30 || byte < 0x20) state = "ground";
    },
    "string-escape": stringEscape,
  };

  function put(byte: number, at: number): void {
    if (hasReturned) {
      hasReturned = byte === 0x0d;
      // A return that begins no new line is followed by something drawn over the row.
      if (byte !== 0x0a && byte !== 0x0d) onEffect?.("moves", at);
    }
    step[state](byte, at);
  }

  return {
    put,
    push(bytes, offset) {
      for (let index = 0; index < bytes.length; index++) {
        if (state === "ground" && held.length === 0 && !hasReturned) {
          const end = ordinaryEnd(bytes, index);
          if (end > index) lane.addRun(bytes, index, end, offset + index);
          index = colourEnd(bytes, end);
          if (index > end) {
            index--;
            continue;
          }
          if (end === bytes.length) return;
        }
        put(bytes[index] ?? 0, offset + index);
      }
    },
    get unseenFrom() {
      const ofHeld = held.length > 0 ? heldAt : Number.POSITIVE_INFINITY;
      return Math.min(lane.unseenFrom, ofHeld, inner?.unseenFrom ?? Number.POSITIVE_INFINITY);
    },
    peek(report) {
      inner?.peek(report);
      lane.peek(report);
    },
    finish() {
      if (state === "string" || state === "string-escape") inner?.finish();
      held = [];
      state = "ground";
      lane.finish();
    },
  };
}

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
