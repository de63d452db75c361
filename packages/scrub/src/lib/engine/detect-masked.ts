import type { Detector } from "./detector.js";
import type { Hit, Span } from "./hit.js";
import { mergeSpans } from "./stitched.js";

const ASTERISK = 0x2a;
/** A mask may free a neighbour, and that one another. */
const MOST_PASSES = 4;
/** What a rule looks at before what it finds. */
const BEFORE = 512;
/** How far something that leans on a mask may reach. */
const AFTER = 1 << 13;

/** Finds what no rule could know. */
export interface AlsoFind {
  /** Calls `report` for what begins in a part, or a little before or after, in order. */
  find(bytes: Buffer, part: Span, report: (hit: Hit) => void): void;
}

/**
 * Detects, and then detects once more around what was taken, as it will look with its mask: a mask ends a word, so that
 * what leant on it is free. Otherwise a second run over the masked text would find more than the first.
 * @param part of the text, in which what is noticed first begins; what leans on a mask may begin after it.
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
  const found = createMasks(bytes);
  detector.detect(bytes.toString("latin1"), bytes, part, (hit) => {
    if (take(hit)) found.add(hit);
  });
  const { masked } = detectLeaning(detector, found, take);
  const more = createMasks(masked);
  also?.find(masked, part, (hit) => {
    if (take(hit)) more.add(hit);
  });
  detectLeaning(detector, more, take);
}

/** What leans on masks, and what leans on that. */
function detectLeaning(detector: Detector, masks: Masks, take: (hit: Hit) => boolean): Masks {
  let last = masks;
  for (let pass = 1; pass < MOST_PASSES && last.areas.length > 0; pass++) {
    const { masked } = last;
    const next = createMasks(masked);
    for (const [start, end] of around(last.areas, masked.length)) {
      const area = masked.subarray(start, end);
      const from = start === 0 ? 0 : BEFORE / 2;
      detector.detect(area.toString("latin1"), area, [from, end - start], (hit) => {
        const moved = movedBy(start, hit);
        if (take(moved)) next.add(moved);
      });
    }
    last = next;
  }
  return last;
}

/** Masks over bytes. */
interface Masks {
  add(hit: Hit): void;
  /** The bytes with all masks. */
  readonly masked: Buffer;
  /** Where masks are; those near each other are one. */
  readonly areas: readonly Span[];
}

function createMasks(bytes: Buffer): Masks {
  let masked = bytes;
  const areas: [number, number][] = [];
  return {
    add({ spans }) {
      if (masked === bytes) masked = Buffer.from(bytes);
      for (const [start, end] of spans) {
        // Most are short: a call would take longer.
        for (let at = start; at < end; at++) masked[at] = ASTERISK;
        const last = areas.at(-1);
        if (last && start >= last[0] && start <= last[1] + BEFORE + AFTER) last[1] = Math.max(last[1], end);
        else areas.push([start, end]);
      }
    },
    get masked() {
      return masked;
    },
    areas,
  };
}

function movedBy(shift: number, { rule, label, spans }: Hit): Hit {
  return { rule, label, spans: spans.map(([start, end]): Span => [start + shift, end + shift]) };
}

/** Areas with their surroundings, in order. */
function around(areas: readonly Span[], length: number): Span[] {
  const ordered = mergeSpans(
    areas.toSorted(([a], [b]) => a - b),
    BEFORE + AFTER,
  );
  return ordered.map(([start, end]) => [Math.max(0, start - BEFORE), Math.min(length, end + AFTER)]);
}
