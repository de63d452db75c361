import type { Detector } from "./detector.js";
import type { Hit, Span } from "./hit.js";
import { mergeSpans } from "./stitched.js";

const ASTERISK = 0x2a;
/** A mask may free a neighbour, and that one another. */
const MOST_PASSES = 4;
/** What a rule looks at before what it finds. */
const BEFORE = 512;
/** How far something that leans on a mask may reach. */
const BEHIND = 1 << 13;

/** Finds what no rule could know. */
export interface AlsoFind {
  /** Calls `report` for what begins in a part, or a little before or behind, in order. */
  find(bytes: Buffer, part: Span, report: (hit: Hit) => void): void;
}

/**
 * Detects, and then detects once more around what was taken, as it will look with its mask: a mask ends a word, so that
 * what leant on it stands free. Otherwise a second run over the masked text would find more than the first.
 * @param part of the text, in which what is noticed first begins; what leans on a mask may begin behind it.
 * @param take whether the hit is masked.
 * @param also is asked about what is left.
 */
export function detectMasked(
  detector: Detector,
  bytes: Buffer,
  part: Span,
  take: (hit: Hit) => boolean,
  also?: AlsoFind,
): void {
  const masked = detectLeaning(detector, bytes, takeAll(detector, bytes, part, 0, take), take);
  const taken: Span[] = [];
  also?.find(masked, part, (hit) => {
    if (take(hit)) for (const span of hit.spans) taken.push(span);
  });
  detectLeaning(detector, masked, taken, take);
}

/** @returns the bytes with the masks of all that was taken. */
function detectLeaning(
  detector: Detector,
  bytes: Buffer,
  first: readonly Span[],
  take: (hit: Hit) => boolean,
): Buffer {
  let taken = first;
  let masked = bytes;
  for (let pass = 1; taken.length > 0; pass++) {
    masked = maskIn(masked, taken);
    if (pass === MOST_PASSES) break;
    taken = around(taken, bytes.length).flatMap(([start, end]) => {
      const from = start === 0 ? 0 : BEFORE / 2;
      return takeAll(detector, masked.subarray(start, end), [from, end - start], start, take);
    });
  }
  return masked;
}

function takeAll(
  detector: Detector,
  bytes: Buffer,
  part: Span,
  shift: number,
  take: (hit: Hit) => boolean,
): Span[] {
  const taken: Span[] = [];
  detector.detect(bytes.toString("latin1"), bytes, part, (hit) => {
    const moved = shift === 0 ? hit : movedBy(shift, hit);
    if (take(moved)) for (const span of moved.spans) taken.push(span);
  });
  return taken;
}

function movedBy(shift: number, { rule, label, spans }: Hit): Hit {
  return { rule, label, spans: spans.map(([start, end]): Span => [start + shift, end + shift]) };
}

function maskIn(bytes: Buffer, spans: readonly Span[]): Buffer {
  const masked = Buffer.from(bytes);
  // Most are short: a call would take longer.
  for (const [start, end] of spans) for (let at = start; at < end; at++) masked[at] = ASTERISK;
  return masked;
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  const isInOrder = spans.every(([start], index) => index === 0 || (spans[index - 1]?.[0] ?? 0) <= start);
  return isInOrder ? spans : spans.toSorted(([a], [b]) => a - b);
}

function around(spans: readonly Span[], length: number): Span[] {
  const ordered = mergeSpans(inOrder(spans), BEFORE + BEHIND);
  return ordered.map(([start, end]) => [Math.max(0, start - BEFORE), Math.min(length, end + BEHIND)]);
}
