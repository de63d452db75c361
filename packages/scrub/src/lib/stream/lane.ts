import { detectMasked } from "../engine/detect-masked.js";
import type { Detector } from "../engine/detector.js";
import type { Span } from "../engine/hit.js";

/** A hit as ranges of the source. */
export interface SourceHit {
  readonly rule: string;
  readonly label: string;
  readonly spans: readonly Span[];
  /** What stands in the spans, one behind the other. */
  readonly bytes: Uint8Array;
}

/** A view of a stream of bytes: what of it stands side by side, and where each byte came from. */
export interface Lane {
  /** Adds a byte of the source. */
  add(byte: number, sourceOffset: number): void;
  /** Adds neighbouring bytes of the source. */
  addRun(bytes: Uint8Array, start: number, end: number, sourceOffset: number): void;
  /** Adds a byte again that stands elsewhere already. */
  repeatLast(times: number): void;
  /** Says that the cursor moved between what came and what comes. */
  separate(): void;
  /** Looks at what is left and starts anew: nothing that comes is a neighbour of what came. */
  finish(): void;
}

const WINDOW = 1 << 18;
const FIRST_SIZE = 1 << 12;
/** A hit is seen whole if it is no longer; what begins before it was seen in the window before. */
const OVERLAP = 1 << 14;

/**
 * Makes a lane that looks through windows which overlap, so that memory does not grow and nothing hides at an edge.
 * A hit may be reported twice.
 * @param report whether the hit is masked.
 */
export function createLane(detector: Detector, report: (hit: SourceHit) => boolean): Lane {
  // Most texts are short, and each has a lane of its own.
  let bytes = new Uint8Array(FIRST_SIZE);
  // Runs of neighbours: position in the window, offset in the source, and whether all of the run is one byte repeated.
  let runs: Run[] = [];
  let length = 0;
  let isFirst = true;
  let expected = -1;

  function look(): void {
    const text = Buffer.from(bytes.buffer, 0, length).toString("latin1");
    detectMasked(detector, text, isFirst ? 0 : OVERLAP / 2, (hit) => {
      const pieces: Piece[] = [];
      for (const [start, end] of hit.spans) pushPieces(pieces, runs, start, end);
      const spans = pieces.map(({ span }) => span);
      return report({ rule: hit.rule, label: hit.label, spans, bytes: bytesOf(pieces, bytes) });
    });
  }

  function roll(): void {
    look();
    const cut = length - OVERLAP;
    bytes.copyWithin(0, cut, length);
    runs = runsFrom(runs, cut);
    length = OVERLAP;
    isFirst = false;
  }

  function makeRoom(): void {
    if (bytes.length === WINDOW) {
      roll();
      return;
    }
    const grown = new Uint8Array(Math.min(4 * bytes.length, WINDOW));
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
    separate() {
      if (length === 0 || bytes[length - 1] === 0) return;
      if (length === bytes.length) makeRoom();
      runs.push({ at: length, source: 0, step: 0 });
      bytes[length++] = 0;
      expected = -1;
    },
    finish() {
      if (length > 0) look();
      runs = [];
      length = 0;
      isFirst = true;
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

/** The runs from a position on, moved to the front. */
function runsFrom(runs: readonly Run[], cut: number): Run[] {
  const first = runIndex(runs, cut);
  return runs.slice(first).map(({ at, source, step }) => {
    const skipped = Math.max(0, cut - at);
    return { at: Math.max(0, at - cut), source: source + skipped * step, step };
  });
}

/** Part of a hit that stands in one range of the source. */
interface Piece {
  /** Where it stands in the window. */
  readonly at: number;
  readonly span: Span;
}

/** A copy: a part of the window would keep all of that. */
function bytesOf(pieces: readonly Piece[], window: Uint8Array): Uint8Array {
  const [first] = pieces;
  if (first && pieces.length === 1) return window.slice(first.at, first.at + lengthOf(first));
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + lengthOf(piece), 0));
  let filled = 0;
  for (const piece of pieces) {
    bytes.set(window.subarray(piece.at, piece.at + lengthOf(piece)), filled);
    filled += lengthOf(piece);
  }
  return bytes;
}

function lengthOf({ span: [start, end] }: Piece): number {
  return end - start;
}

/** Adds a range of the window as ranges of the source; a byte that is repeated stands once in the source. */
function pushPieces(pieces: Piece[], runs: readonly Run[], start: number, end: number): void {
  for (let index = runIndex(runs, start), at = start; at < end; index++) {
    const run = runs[index];
    if (run === undefined) return;
    const stop = Math.min(end, runs[index + 1]?.at ?? end);
    const source = run.source + (at - run.at) * run.step;
    pieces.push({ at, span: [source, run.step === 1 ? source + stop - at : source + 1] });
    at = stop;
  }
}

/** The run that holds a position. */
function runIndex(runs: readonly Run[], position: number): number {
  let [low, high] = [0, runs.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle]?.at ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
