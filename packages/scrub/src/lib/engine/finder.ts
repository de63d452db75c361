import type { Span } from "./hit.js";

/** What a rule is about. Secrets and identity are scrubbed; what is volatile is only normalised. */
export type RuleKind = "secrets" | "identity";

/** A literal by which the place of a possible hit is noticed. */
export interface Anchor {
  readonly literal: string;
  /** Any spelling of ASCII letters will do. */
  readonly anyCase?: boolean;
  /** Not looked for in base64 and hexadecimal: each look of each anchor costs every start of a program. */
  readonly plainOnly?: boolean;
  /** Looked for encoded and broken at row ends only: a shorter one of the same rule finds it in plain text. */
  readonly brokenOnly?: boolean;
}

/**
 * What a finder says about one place. All of them are made here, with the same properties: asking objects of many shapes
 * for one that they lack took most of the time.
 */
export interface Finding {
  /** What to mask; empty if it is nothing. */
  readonly spans: readonly Span[];
  /** Before this position the finder need not be asked again. */
  readonly until: number;
  /** What is there is no secret, whatever the next row holds. */
  readonly isSettled: boolean;
}

/**
 * One rule. It is asked at each place where one of its anchors occurs, from left to right, and must read a bounded number
 * of characters between a place and `until`: then all places together take linear time.
 */
export interface Finder {
  readonly rule: string;
  readonly kind: RuleKind;
  readonly label: string;
  readonly anchors: readonly Anchor[];
  /** Parts of what it finds may be elsewhere and be no secret: a private key holds the public one. */
  readonly hasPublicParts?: boolean;
  /** @param text bytes as a string of U+0000 to U+00FF. @param at where the anchor begins. */
  find(text: string, at: number, anchor: Anchor): Finding;
}

/** Nothing here. */
export function nothing(until = 0): Finding {
  return until === 0 ? NOTHING : several([], until);
}

const NOTHING = several([], 0);

const SETTLED: Finding = { spans: [], until: 0, isSettled: true };

/** Nothing to mask, and nothing that could go on in another row. */
export function settled(): Finding {
  return SETTLED;
}

/** One range to mask. */
export function found(start: number, end: number): Finding {
  return several([[start, end]], end);
}

/** Ranges to mask together. */
export function several(spans: readonly Span[], until: number): Finding {
  return { spans, until, isSettled: false };
}
