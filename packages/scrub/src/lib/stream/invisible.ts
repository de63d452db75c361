/** What the bytes since a lead byte are. */
export type Verdict = "ordinary" | "undecided" | "invisible" | number;

/** Lead bytes of characters that show nothing and of the C1 controls (U+0080 to U+009F). */
export const SUSPECT_LEADS: ReadonlySet<number> = new Set([0xc2, 0xcc, 0xcd, 0xd8, 0xe1, 0xe2, 0xef, 0xf3]);

/**
 * Judges the first bytes of a character in UTF-8: invisible if Unicode calls it default-ignorable or it only marks another, its
 * number if it is a C1 control.
 */
export function judge(bytes: readonly number[]): Verdict {
  const [first = 0, second, third, fourth] = bytes;
  if (second === undefined) return "undecided";
  if (first === 0xc2) return second >= 0x80 && second <= 0x9f ? second : decide(second === 0xad);
  // U+0300 to U+036F: marks above and below others, which a reader ignores.
  if (first === 0xcc) return decide(true);
  if (first === 0xcd) return decide(second <= 0xaf);
  if (first === 0xd8) return decide(second === 0x9c);
  if (first === 0xf3) return tag(second, third, fourth);
  if (third === undefined) return isSuspectPair(first, second) ? "undecided" : "ordinary";
  return decide(isInvisible(first, second, third));
}

function decide(isInvisible: boolean): Verdict {
  return isInvisible ? "invisible" : "ordinary";
}

/** U+E0000 to U+E0FFF. */
function tag(second: number, third: number | undefined, fourth: number | undefined): Verdict {
  if (second !== 0xa0) return "ordinary";
  return third === undefined || fourth === undefined ? "undecided" : "invisible";
}

function isSuspectPair(first: number, second: number): boolean {
  if (first === 0xe1) return second === 0xa0 || second === 0x9e || second === 0x85;
  if (first === 0xe2) return second === 0x80 || second === 0x81;
  return second === 0xb8 || second === 0xbb || second === 0xbe;
}

function isInvisible(first: number, second: number, third: number): boolean {
  const code = ((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
  return (
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    (code >= 0x180b && code <= 0x180f) ||
    code === 0x17b4 ||
    code === 0x17b5
  );
}
