import { AMBIGUOUS, WIDE, ZERO } from "./tables.js";

/** How wide a terminal draws what Unicode leaves open. */
export interface WidthPolicy {
  /** Columns of East Asian ambiguous characters: 2 in some terminals with a CJK locale. Default 1, as our emulator draws. */
  ambiguous?: 1 | 2;
}

/** First and last code points of ranges, alternating and ascending. */
type Ranges = Uint32Array;

const [zero, wide, ambiguous] = [ZERO, WIDE, AMBIGUOUS].map(lazyRanges) as [
  () => Ranges,
  () => Ranges,
  () => Ranges,
];

/**
 * Columns of a code point in a terminal: 0 for control characters and for marks, which go into the cell before them, 2 for
 * wide characters. By default as our emulator draws it, for every code point.
 */
export function columnsOf(codePoint: number, policy: WidthPolicy = {}): 0 | 1 | 2 {
  if (codePoint >= 0x20 && codePoint < 0x7f) return 1;
  if (isIn(zero(), codePoint)) return 0;
  if (isIn(wide(), codePoint)) return 2;
  return policy.ambiguous === 2 && isIn(ambiguous(), codePoint) ? 2 : 1;
}

/** Columns of a text without escape sequences: the sum of its code points. */
export function columnsOfText(text: string, policy?: WidthPolicy): number {
  let columns = 0;
  for (const character of text) columns += columnsOf(character.codePointAt(0) ?? 0, policy);
  return columns;
}

/** The longest beginning of a text that fits into so many columns, marks on its last character included. */
export function cutToColumns(text: string, columns: number, policy?: WidthPolicy): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += columnsOf(character.codePointAt(0) ?? 0, policy);
    if (used > columns) break;
    end += character.length;
  }
  return text.slice(0, end);
}

function isIn(ranges: Ranges, codePoint: number): boolean {
  let low = 0;
  let high = ranges.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (codePoint < (ranges[2 * middle] as number)) high = middle - 1;
    else if (codePoint > (ranges[2 * middle + 1] as number)) low = middle + 1;
    else return true;
  }
  return false;
}

/** Unpacks a table on first use: distances in base 36, from the end of a range to the next one and from its first to its last. */
function lazyRanges(packed: string): () => Ranges {
  let ranges: Ranges | undefined;
  return () => {
    ranges ??= Uint32Array.from(packed.split(" "), sumSoFar());
    return ranges;
  };
}

function sumSoFar(): (digits: string) => number {
  let at = 0;
  return (digits) => {
    at += Number.parseInt(digits, 36);
    return at;
  };
}
