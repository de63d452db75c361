import type { Detector } from "../engine/detector.js";
import type { Span } from "../engine/hit.js";
import { createExtractor } from "./extractor.js";
import { createHitLog, type SettledHit } from "./hit-log.js";
import { createKnownSecrets } from "./known-secrets.js";
import { detectIn, withLabels } from "./label-text.js";
import type { SourceHit } from "./lane.js";
import { mayGoOn } from "./may-go-on.js";

/** A place where a rule found something in a text. */
export interface TextHit {
  readonly rule: string;
  /** Line, from 1. */
  readonly line: number;
  /** Byte in its line, from 1. */
  readonly column: number;
}

/** Scrubs text that arrives in pieces, with labels; bytes that are no text pass as they are. Memory stays flat for input of any length. */
export interface TextFilter {
  /** Takes bytes, cut anywhere; returns those that are ready. */
  push(bytes: Uint8Array): Uint8Array;
  /** The whole lines that are held back, but for those that what comes may belong to: an open quote, a key, a broken value. */
  pause(): Uint8Array;
  /** The rest. */
  end(): Uint8Array;
}

/** How a text is filtered. */
export interface LabelStreamOptions {
  readonly detector: Detector;
  readonly isAllowed: (hit: SourceHit) => boolean;
  /** Texts that are secret, of which a row may end in a part. */
  readonly secrets: readonly string[];
  /** Is called for each label, in order. */
  readonly onHit: (hit: TextHit) => void;
}

/** What was written stays known so far: as long as the longest key, and what a rule looks at before it. */
const CONTEXT = 32 << 10;
/** Lines that are tried one by one before a pause; those above them in ever larger steps. */
const NEAREST_LINES = 8;
const LINE_FEED = 0x0a;
const FIRST_SIZE = 1 << 16;

/** Makes a filter: the engine that scrubs recordings, with labels in place of masks. */
export function createLabelStream(options: LabelStreamOptions): TextFilter {
  const { detector, isAllowed, secrets } = options;
  const known = createKnownSecrets(detector.secretRules);
  let hits: SourceHit[] = [];
  const held = createHeld(options.onHit);
  const extractor = createExtractor({ detector, report, also: known });

  function report(hit: SourceHit): boolean {
    if (isAllowed(hit)) return false;
    known.learn(hit);
    hits.push(hit);
    return true;
  }

  /** Takes out what comes before an offset, or before the first hit that goes on after it. */
  function take(limit: number, all: readonly SourceHit[]): Buffer {
    const end = beforeHits(limit, all);
    const log = createHitLog(() => false);
    for (const hit of all) if (endOf(hit) <= end) log.add(hit);
    hits = hits.filter((hit) => endOf(hit) > end);
    return relabelled(held.take(end, log.settle()));
  }

  /** A label may bring neighbours together that were none. */
  function relabelled({ bytes, hasLabels }: Taken): Buffer {
    if (!hasLabels) return bytes;
    const settled = detectIn(bytes, detector, isAllowed).settle();
    return settled.length === 0 ? bytes : withLabels(bytes, settled);
  }

  return {
    push(bytes) {
      const start = held.end;
      held.add(bytes);
      extractor.push(bytes, start);
      const seen = held.lineEndBefore(Math.min(extractor.unseenFrom, held.end));
      return seen > held.start ? take(seen, hits) : Buffer.alloc(0);
    },
    pause() {
      const all = [...hits];
      extractor.peek((hit) => !isAllowed(hit) && all.push(hit) > 0);
      for (const lineEnd of nearbyFirst(held.lineEnds())) {
        const end = beforeHits(lineEnd, all);
        if (end === lineEnd && !mayGoOn(held.before(end), detector, secrets)) return take(end, all);
      }
      return Buffer.alloc(0);
    },
    end() {
      extractor.finish();
      return take(held.end, hits);
    },
  };
}

/** The last offset up to a limit that no hit spans. */
function beforeHits(limit: number, hits: readonly SourceHit[]): number {
  let end = limit;
  for (let isMoved = true; isMoved; ) {
    isMoved = false;
    for (const hit of hits) {
      if (startOf(hit) >= end || endOf(hit) <= end) continue;
      end = startOf(hit);
      isMoved = true;
    }
  }
  return end;
}

function startOf({ spans }: SourceHit): number {
  return spans.reduce((start, span) => Math.min(start, span[0]), Number.POSITIVE_INFINITY);
}

function endOf({ spans }: SourceHit): number {
  return spans.reduce((end, span) => Math.max(end, span[1]), 0);
}

/** From the last one on, a few and then ever fewer. */
function nearbyFirst(offsets: readonly number[]): number[] {
  const chosen: number[] = [];
  let step = 1;
  for (let index = offsets.length - 1; index >= 0; index -= step) {
    chosen.push(offsets[index] ?? 0);
    if (chosen.length >= NEAREST_LINES) step *= 2;
  }
  return chosen;
}

/** Bytes that were taken out. */
interface Taken {
  readonly bytes: Buffer;
  readonly hasLabels: boolean;
}

/** Bytes that wait for their turn, by their offsets in the source. */
function createHeld(onHit: (hit: TextHit) => void) {
  let context: Buffer = Buffer.alloc(0);
  let store = Buffer.alloc(FIRST_SIZE);
  let bytes = store.subarray(0, 0);
  let start = 0;
  let line = 1;
  let lineStart = 0;

  /** Counts the lines up to an offset. */
  function place(offset: number): { line: number; column: number } {
    for (;;) {
      const next = bytes.indexOf(LINE_FEED, Math.max(0, lineStart - start));
      if (next === -1 || start + next >= offset) break;
      line++;
      lineStart = start + next + 1;
    }
    return { line, column: offset - lineStart + 1 };
  }

  return {
    get start() {
      return start;
    },
    get end() {
      return start + bytes.length;
    },
    add(more: Uint8Array): void {
      const length = bytes.length + more.length;
      if (length > store.length) {
        const grown = Buffer.alloc(2 * length);
        grown.set(bytes);
        store = grown;
      }
      store.set(more, bytes.length);
      bytes = store.subarray(0, length);
    },
    /** The end of the last line that ends up to an offset, or the offset if a line is longer than all that is held. */
    lineEndBefore(offset: number): number {
      const found = bytes.lastIndexOf(LINE_FEED, offset - start - 1);
      return found === -1 || offset <= start ? Math.max(offset, start) : start + found + 1;
    },
    lineEnds(): number[] {
      const ends: number[] = [];
      for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1))
        ends.push(start + at + 1);
      return ends;
    },
    /** What comes before an offset, with what was taken out already. */
    before(offset: number): Buffer {
      return Buffer.concat([context, bytes.subarray(0, offset - start)]).subarray(-CONTEXT);
    },
    take(end: number, hits: readonly SettledHit[]): Taken {
      const taken = Buffer.from(bytes.subarray(0, end - start));
      const inside = hits.flatMap(({ rule, label, spans }): SettledHit[] => {
        const left = spans
          .map(([from, to]): Span => [Math.max(0, from - start), to - start])
          .filter(([from, to]) => to > from);
        return left.length === 0 ? [] : [{ rule, label, spans: left }];
      });
      for (const { rule, spans } of inside) onHit({ rule, ...place(start + (spans[0]?.[0] ?? 0)) });
      place(end);
      context = Buffer.concat([context, taken]).subarray(-CONTEXT);
      store.copyWithin(0, end - start, bytes.length);
      bytes = store.subarray(0, bytes.length - taken.length);
      start = end;
      const hasLabels = inside.length > 0;
      return { bytes: hasLabels ? withLabels(taken, inside) : taken, hasLabels };
    },
  };
}
