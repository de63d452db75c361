/** Bit that tells an ASCII letter's cases apart. */
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

/** Of an ASCII letter; anything else has one case. */
function otherCase(code: number): number {
  const upper = code & ~LOWER;
  return upper >= 0x41 && upper <= 0x5a ? code ^ LOWER : code;
}
