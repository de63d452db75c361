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

/**
 * Detects, and then detects once more around what was taken, as it will look with its mask: a mask ends a word, so that
 * what leant on it stands free. Otherwise a second run over the masked text would find more than the first.
 * @param part of the text, in which what is noticed first begins; what leans on a mask may begin behind it.
 * @param take whether the hit is masked.
 */
export function detectMasked(
  detector: Detector,
  text: string,
  part: Span,
  take: (hit: Hit) => boolean,
): void {
  let taken = takeAll(detector, text, part, 0, take);
  let masked = text;
  for (let pass = 1; pass < MOST_PASSES && taken.length > 0; pass++) {
    masked = maskIn(masked, taken);
    taken = around(taken, text.length).flatMap(([start, end]) => {
      const from = start === 0 ? 0 : BEFORE / 2;
      return takeAll(detector, masked.slice(start, end), [from, end - start], start, take);
    });
  }
}

function takeAll(
  detector: Detector,
  text: string,
  part: Span,
  shift: number,
  take: (hit: Hit) => boolean,
): Span[] {
  const taken: Span[] = [];
  detector.detect(text, part, (hit) => {
    const moved = shift === 0 ? hit : movedBy(shift, hit);
    if (take(moved)) for (const span of moved.spans) taken.push(span);
  });
  return taken;
}

function movedBy(shift: number, { rule, label, spans }: Hit): Hit {
  return { rule, label, spans: spans.map(([start, end]): Span => [start + shift, end + shift]) };
}

function maskIn(text: string, spans: readonly Span[]): string {
  const bytes = Buffer.from(text, "latin1");
  // Most are short: a call would take longer.
  for (const [start, end] of spans) for (let at = start; at < end; at++) bytes[at] = ASTERISK;
  return bytes.toString("latin1");
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  const isInOrder = spans.every(([start], index) => index === 0 || (spans[index - 1]?.[0] ?? 0) <= start);
  return isInOrder ? spans : spans.toSorted(([a], [b]) => a - b);
}

function around(spans: readonly Span[], length: number): Span[] {
  const ordered = mergeSpans(inOrder(spans), BEFORE + BEHIND);
  return ordered.map(([start, end]) => [Math.max(0, start - BEFORE), Math.min(length, end + BEHIND)]);
}
