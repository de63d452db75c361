/** Bit by which the cases of an ASCII letter differ. */
export const LOWER = 0x20;

/** Two bytes as one number. */
export function pairOf(first: number, second: number): number {
  return ((first << 8) | second) & 0xffff;
}

/** Two bytes in each case they can be written in. */
export function pairSpellings(first: number, second: number, anyCase: boolean): number[] {
  const pairs = [pairOf(first, second)];
  if (!anyCase) return pairs;
  const [otherFirst, otherSecond] = [otherCase(first), otherCase(second)];
  if (otherFirst !== first) pairs.push(pairOf(otherFirst, second));
  if (otherSecond !== second) pairs.push(pairOf(first, otherSecond));
  if (otherFirst !== first && otherSecond !== second) pairs.push(pairOf(otherFirst, otherSecond));
  return pairs;
}

/**
 * Whether a literal occurs at a place, in any spelling of ASCII letters if it is in lower case and `anyCase`. Character by
 * character: most literals that are looked at differ in one of the first, and a library's call costs more than that.
 */
export function occursAt(text: string, at: number, literal: string, anyCase: boolean): boolean {
  if (at < 0 || at + literal.length > text.length) return false;
  for (let index = 0; index < literal.length; index++) {
    const code = text.charCodeAt(at + index);
    const isUpper = anyCase && code >= 0x41 && code <= 0x5a;
    if ((isUpper ? code | LOWER : code) !== literal.charCodeAt(index)) return false;
  }
  return true;
}

/** Of an ASCII letter; anything else has one case. */
function otherCase(code: number): number {
  const upper = code & ~LOWER;
  return upper >= 0x41 && upper <= 0x5a ? code ^ LOWER : code;
}
