import { type AlsoFind, detectMasked } from "../engine/detect-masked.js";
import type { Detector } from "../engine/detector.js";
import type { Hit, Span } from "../engine/hit.js";
import { lastBegun } from "../engine/last-begun.js";

/** A hit as ranges of the source. */
export interface SourceHit {
  readonly rule: string;
  readonly label: string;
  readonly spans: readonly Span[];
  /** What is in the spans, one after the other: bytes as a string of U+0000 to U+00FF, thousands of which cost little. */
  readonly text: string;
}

/** What was found, as people read it. */
export function utf8Of({ text }: SourceHit): string {
  return Buffer.from(text, "latin1").toString();
}

/** A view of a stream of bytes: what of it is side by side, and where each byte came from. */
export interface Lane {
  /** Adds a byte of the source. */
  add(byte: number, sourceOffset: number): void;
  /** Adds neighbouring bytes of the source. */
  addRun(bytes: Uint8Array, start: number, end: number, sourceOffset: number): void;
  /** Adds a byte again that is elsewhere already. */
  repeatLast(times: number): void;
  /** Takes the last byte back if it only repeats the one before it. */
  dropRepeated(): void;
  /** Says that the cursor moved between what came and what comes. */
  separate(): void;
  /** Offset of the first byte in the source that no look has begun at yet, infinity if there is none. */
  readonly unseenFrom: number;
  /** Looks at what is left as if nothing came after it. */
  peek(report: (hit: SourceHit) => boolean): void;
  /** Looks at what is left and starts over: nothing that comes is a neighbour of what came. */
  finish(): void;
}

/** As text it still fits V8's ordinary heap: from 128 KiB on a string gets pages of its own, and takes fifty times as long to make. */
const WINDOW = 124 << 10;
const FIRST_SIZE = 1 << 12;
/** What begins from here on is left to the next window; what begins before it is whole if it is no longer than 24 KiB. */
export const EDGE = WINDOW - (24 << 10);
/** So much is before that in the next window: each place is judged in all of its surroundings. */
const BEFORE = 1 << 13;

/**
 * Makes a lane that looks through windows which overlap, so that memory does not grow and nothing hides at an edge.
 * A hit may be reported twice.
 * @param report whether the hit is masked.
 * @param also is asked about what is left of each window.
 */
export function createLane(detector: Detector, report: (hit: SourceHit) => boolean, also?: AlsoFind): Lane {
  // Most texts are short, and each has a lane of its own.
  let bytes = Buffer.alloc(FIRST_SIZE);
  // Runs of neighbours: position in the window, offset in the source, and whether all of the run is one byte repeated.
  let runs: Run[] = [];
  let length = 0;
  // Where in the window the next look begins.
  let from = 0;
  let expected = -1;

  /** @param to what begins from here on is looked at in the next window, where it is in all of its surroundings. */
  function look(to: number, onHit = report): void {
    const take = (hit: Hit) => onHit(inSource(hit, runs, bytes));
    detectMasked(detector, bytes.subarray(0, length), [from, to], take, also);
  }

  function roll(): void {
    look(EDGE);
    const cut = EDGE - BEFORE;
    bytes.copyWithin(0, cut, length);
    runs = runsFrom(runs, cut);
    length -= cut;
    from = BEFORE;
  }

  function makeRoom(): void {
    if (bytes.length === WINDOW) {
      roll();
      return;
    }
    const grown = Buffer.alloc(Math.min(4 * bytes.length, WINDOW));
    grown.set(bytes);
    bytes = grown;
  }

  return {
    add(byte, sourceOffset) {
      if (length === bytes.length) makeRoom();
      if (sourceOffset !== expected) runs.push({ at: length, source: sourceOffset, step: 1 });
      expected = sourceOffset + 1;
      bytes[length++] = byte;
    },
    addRun(source, start, end, sourceOffset) {
      for (let at = start; at < end; ) {
        if (length === bytes.length) makeRoom();
        const count = Math.min(end - at, bytes.length - length);
        const offset = sourceOffset + at - start;
        if (offset !== expected) runs.push({ at: length, source: offset, step: 1 });
        copy(source, at, count, bytes, length);
        length += count;
        at += count;
        expected = offset + count;
      }
    },
    repeatLast(times) {
      if (length === 0 || expected < 1) return;
      const source = expected - 1;
      const byte = bytes[length - 1] ?? 0;
      while (length + times > bytes.length) makeRoom();
      runs.push({ at: length, source, step: 0 });
      bytes.fill(byte, length, length + times);
      length += times;
      expected = -1;
    },
    dropRepeated() {
      if (length < 2 || bytes[length - 1] !== bytes[length - 2] || (bytes[length - 1] ?? 0) <= 0x20) return;
      length--;
      if (runs.at(-1)?.at === length) runs.pop();
      expected = -1;
    },
    separate() {
      if (length === 0 || bytes[length - 1] === 0) return;
      if (length === bytes.length) makeRoom();
      runs.push({ at: length, source: 0, step: 0 });
      bytes[length++] = 0;
      expected = -1;
    },
    get unseenFrom() {
      const run = runs[runIndex(runs, from)];
      return run === undefined || from >= length ? Number.POSITIVE_INFINITY : sourceAt(runs, from);
    },
    peek(report) {
      if (length > from) look(length, report);
    },
    finish() {
      if (length > 0) look(length);
      if (runs.length > 0) runs = [];
      length = 0;
      from = 0;
      expected = -1;
    },
  };
}

/** A call costs more than a short loop. */
const SHORT = 48;

function copy(source: Uint8Array, from: number, count: number, target: Uint8Array, to: number): void {
  if (count > SHORT) target.set(source.subarray(from, from + count), to);
  else for (let index = 0; index < count; index++) target[to + index] = source[from + index] ?? 0;
}

interface Run {
  readonly at: number;
  readonly source: number;
  readonly step: 0 | 1;
}

/** The offset in the source of a position, or of the next one that has one. */
function sourceAt(runs: readonly Run[], position: number): number {
  const index = runIndex(runs, position);
  const run = runs[index];
  if (run?.step === 1) return run.source + position - run.at;
  const next = runs.slice(index + 1).find(({ step }) => step === 1);
  return next?.source ?? Number.POSITIVE_INFINITY;
}

/** The runs from a position on, moved to the front. */
function runsFrom(runs: readonly Run[], cut: number): Run[] {
  const first = runIndex(runs, cut);
  return runs.slice(first).map(({ at, source, step }) => {
    const skipped = Math.max(0, cut - at);
    return { at: Math.max(0, at - cut), source: source + skipped * step, step };
  });
}

/** A hit in the window as one in the source; a byte that is repeated is once there. */
function inSource(hit: Hit, runs: readonly Run[], window: Buffer): SourceHit {
  const { rule, label, spans } = hit;
  const start = spans[0]?.[0] ?? 0;
  const end = spans.at(-1)?.[1] ?? start;
  const index = runIndex(runs, start);
  const run = runs[index];
  if (run?.step !== 1 || end > runEnd(runs, index)) return inSourceByRuns(hit, runs, window);
  // Almost always; a list that grows would keep room for sixteen more.
  const shift = run.source - run.at;
  const whole = window.toString("latin1", start, end);
  return {
    rule,
    label,
    spans: spans.map(([from, to]): Span => [from + shift, to + shift]),
    text:
      spans.length === 1 ? whole : spans.map(([from, to]) => whole.slice(from - start, to - start)).join(""),
  };
}

function inSourceByRuns(hit: Hit, runs: readonly Run[], window: Buffer): SourceHit {
  const { rule, label, spans: ranges } = hit;
  const spans: Span[] = [];
  let text = "";
  let index = 0;
  for (const [start, end] of ranges) {
    if (start < (runs[index]?.at ?? 0) || start >= runEnd(runs, index)) index = runIndex(runs, start);
    for (let at = start; at < end; ) {
      const run = runs[index];
      if (run === undefined) break;
      const stop = Math.min(end, runEnd(runs, index));
      const source = run.source + (at - run.at) * run.step;
      const length = run.step === 1 ? stop - at : 1;
      spans.push([source, source + length]);
      // A copy: a part of a string that holds all of the window would keep that.
      text += window.toString("latin1", at, at + length);
      at = stop;
      if (at < end) index++;
    }
  }
  return { rule, label, spans, text };
}

/** Where a run ends in the window; the last goes on. */
function runEnd(runs: readonly Run[], index: number): number {
  return runs[index + 1]?.at ?? Number.POSITIVE_INFINITY;
}

/** The run that holds a position. */
function runIndex(runs: readonly Run[], position: number): number {
  return Math.max(
    0,
    lastBegun(runs.length, (index) => runs[index]?.at ?? 0, position),
  );
}
