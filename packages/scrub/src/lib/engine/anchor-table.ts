/** A literal that is looked for, and what it is for. */
export interface Entry<T> {
  readonly literal: string;
  readonly anyCase: boolean;
  readonly payload: T;
}

/** Looks for thousands of literals at once. */
export interface AnchorTable<T> {
  /**
   * Calls `visit` wherever a literal stands, in the order of the places' ends of their noticed part.
   * @param from only literals that begin here or later.
   */
  scan(text: string, from: number, visit: (entry: Entry<T>, at: number) => void): void;
}

const PAIRS = 1 << 16;
const LOWER = 0x20;

/**
 * Builds a table. A text is read once: each pair of bytes is looked up among the pairs that were chosen from the literals,
 * then four bytes in a small hash, and only what passes both is compared.
 */
export function createAnchorTable<T>(entries: readonly Entry<T>[]): AnchorTable<T> {
  const byPair = new Map<number, { entry: Entry<T>; offset: number }[]>();
  const isPair = new Uint8Array(PAIRS);
  const isQuad = new Uint8Array(PAIRS);
  for (const entry of entries) {
    const { literal, anyCase } = entry;
    const offset = rarestPair(literal);
    for (const pair of spellings(literal, offset, anyCase)) {
      const hasQuad = literal.length - offset >= 4;
      // 2: the four bytes from here are known; 1: they are not.
      isPair[pair] = hasQuad && isPair[pair] !== 1 ? 2 : 1;
      byPair.set(pair, [...(byPair.get(pair) ?? []), { entry, offset }]);
    }
    if (literal.length - offset >= 4) isQuad[quadHash(literal, offset)] = 1;
  }

  function compare(text: string, pair: number, pairAt: number, from: number, visit: Visit<T>): void {
    for (const { entry, offset } of byPair.get(pair) ?? []) {
      const at = pairAt - offset;
      if (at >= from && stands(text, at, entry)) visit(entry, at);
    }
  }

  return {
    scan(text, from, visit) {
      const end = text.length;
      let pair = from > 0 ? text.charCodeAt(from - 1) : 0;
      for (let at = from; at < end; at++) {
        pair = ((pair << 8) | text.charCodeAt(at)) & 0xffff;
        const known = isPair[pair];
        if (known === 0) continue;
        if (known === 2 && isQuad[quadHash(text, at - 1)] === 0) continue;
        compare(text, pair, at - 1, from, visit);
      }
    },
  };
}

type Visit<T> = (entry: Entry<T>, at: number) => void;

function stands<T>(text: string, at: number, { literal, anyCase }: Entry<T>): boolean {
  if (!anyCase) return text.startsWith(literal, at);
  return text.slice(at, at + literal.length).toLowerCase() === literal;
}

/** Of four bytes, without regard to case; NaN past the end counts as 0. */
function quadHash(text: string, at: number): number {
  const first = (text.charCodeAt(at) | LOWER) * 0x1f35 + (text.charCodeAt(at + 1) | LOWER) * 0x2b9;
  return (first + (text.charCodeAt(at + 2) | LOWER) * 0x61 + (text.charCodeAt(at + 3) | LOWER)) & 0xffff;
}

// Pairs of lower-case letters and of digits fill ordinary text; anything else is rarer.
const COMMON = /[a-z0-9 ]/;

/** Where the pair begins by which a literal is noticed; one with four bytes from there, if there is. */
function rarestPair(literal: string): number {
  let best = 0;
  let bestScore = -1;
  for (let offset = 0; offset <= Math.max(0, literal.length - 4); offset++) {
    const score = [...literal.slice(offset, offset + 2)].filter((char) => !COMMON.test(char)).length;
    if (score > bestScore) [best, bestScore] = [offset, score];
  }
  return best;
}

function spellings(literal: string, offset: number, anyCase: boolean): Set<number> {
  const [first = "", second = ""] = literal.slice(offset, offset + 2);
  const firsts = anyCase ? [first.toLowerCase(), first.toUpperCase()] : [first];
  const seconds = anyCase ? [second.toLowerCase(), second.toUpperCase()] : [second];
  return new Set(
    firsts.flatMap((one) => seconds.map((two) => ((one.charCodeAt(0) << 8) | two.charCodeAt(0)) & 0xffff)),
  );
}
