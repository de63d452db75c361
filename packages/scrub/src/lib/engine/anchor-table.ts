import type { Span } from "./hit.js";
import { LOWER, occursAt, pairSpellings } from "./pairs.js";

/** A literal that is looked for, and what it is for. */
export interface Entry<T> {
  readonly literal: string;
  readonly anyCase: boolean;
  readonly payload: T;
}

/** Looks for thousands of literals at once. */
export interface AnchorTable<T> {
  /**
   * Calls `visit` wherever a literal occurs, in the order of the places' ends of their noticed part.
   * @param text of the bytes, as U+0000 to U+00FF.
   * @param part only literals that begin in it.
   */
  scan(text: string, bytes: Uint8Array, part: Span, visit: (entry: Entry<T>, at: number) => void): void;
}

const PAIRS = 1 << 16;

/**
 * Builds a table. A text is read once: each pair of bytes is looked up among the pairs that were chosen from the literals,
 * then four bytes in a small hash, and only what passes both is compared.
 */
export function createAnchorTable<T>(entries: readonly Entry<T>[]): AnchorTable<T> {
  /** Those of which four bytes are known by their hash, the others by their pair. */
  const byQuad = new Map<number, Noticed<T>[]>();
  const byPair = new Map<number, Noticed<T>[]>();
  const isPair = new Uint8Array(PAIRS);
  const isQuad = new Uint8Array(PAIRS);
  let farthest = 0;
  for (const entry of entries) {
    const { literal, anyCase } = entry;
    const offset = rarestPair(literal);
    farthest = Math.max(farthest, offset);
    const hasQuad = literal.length - offset >= 4;
    for (const pair of pairSpellings(literal.charCodeAt(offset), literal.charCodeAt(offset + 1), anyCase)) {
      // 2: only literals of which four bytes are known begin like this; 1: others too.
      isPair[pair] = hasQuad && isPair[pair] !== 1 ? 2 : 1;
      if (!hasQuad) add(byPair, pair, { entry, offset });
    }
    if (hasQuad) {
      const code = (at: number) => literal.charCodeAt(offset + at);
      const hash = quadHash(code(0), code(1), code(2), code(3));
      isQuad[hash] = 1;
      add(byQuad, hash, { entry, offset });
    }
  }

  function compare(
    noticed: readonly Noticed<T>[],
    text: string,
    noticedAt: number,
    [from, to]: Span,
    visit: Visit<T>,
  ): void {
    for (const { entry, offset } of noticed) {
      const at = noticedAt - offset;
      if (at >= from && at < to && occursAt(text, at, entry.literal, entry.anyCase)) visit(entry, at);
    }
  }

  return {
    scan(text, bytes, part, visit) {
      const [from, to] = part;
      const end = Math.min(bytes.length, to + farthest + 1);
      let pair = from > 0 ? (bytes[from - 1] ?? 0) : 0;
      for (let at = from; at < end; at++) {
        pair = ((pair << 8) | (bytes[at] ?? 0)) & 0xffff;
        const known = isPair[pair];
        if (known === 0) continue;
        if (known === 1) compare(byPair.get(pair) ?? [], text, at - 1, part, visit);
        const hash = quadHash(bytes[at - 1] ?? 0, bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0);
        if (isQuad[hash] === 1) compare(byQuad.get(hash) ?? [], text, at - 1, part, visit);
      }
    },
  };
}

interface Noticed<T> {
  readonly entry: Entry<T>;
  /** Where in the literal the noticed pair begins. */
  readonly offset: number;
}

function add<T>(map: Map<number, Noticed<T>[]>, key: number, noticed: Noticed<T>): void {
  const known = map.get(key);
  if (known) known.push(noticed);
  else map.set(key, [noticed]);
}

type Visit<T> = (entry: Entry<T>, at: number) => void;

/** Of four bytes, without regard to case; those past the end count as 0. */
function quadHash(first: number, second: number, third: number, fourth: number): number {
  return (
    ((first | LOWER) * 0x1f35 + (second | LOWER) * 0x2b9 + (third | LOWER) * 0x61 + (fourth | LOWER)) & 0xffff
  );
}

// Blanks, digits and lower-case letters fill ordinary text, in about this order; anything else is rarer.
const BY_COMMONNESS = " etaoinsrhld0123456789cumfpgwybvkxjqz";
const RARE = 2 * BY_COMMONNESS.length;
const RARITY = Uint8Array.from({ length: 256 }, (_, code) => {
  const rank = BY_COMMONNESS.indexOf(String.fromCharCode(code));
  return rank === -1 ? RARE : rank;
});

/** Where the pair begins by which a literal is noticed; one with four bytes from there, if there is. */
function rarestPair(literal: string): number {
  const last = literal.length - 4;
  let best = 0;
  let bestScore = -1;
  let second = rarity(literal, 0);
  // Thousands of literals are gone through before any of this is compiled: nothing is looked up twice.
  for (let offset = 0; offset === 0 || offset <= last; offset++) {
    const first = second;
    second = rarity(literal, offset + 1);
    if (first + second <= bestScore) continue;
    best = offset;
    bestScore = first + second;
  }
  return best;
}

/** Of the character there; none at all is as common as can be. */
function rarity(literal: string, at: number): number {
  return at < literal.length ? (RARITY[literal.charCodeAt(at)] ?? RARE) : 0;
}
