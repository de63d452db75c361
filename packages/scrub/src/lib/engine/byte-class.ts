/** A set of bytes. */
export type ByteClass = Uint8Array;

/** Makes a set of bytes from ranges and single characters: `byteClass("A-Z", "a-z", "_")`. */
export function byteClass(...members: readonly string[]): ByteClass {
  const set = new Uint8Array(256);
  for (const member of members) {
    const last = member.length === 3 && member[1] === "-" ? member.charCodeAt(2) : member.charCodeAt(0);
    for (let code = member.charCodeAt(0); code <= last; code++) set[code] = 1;
  }
  return set;
}

/** Whether the byte at `at` is in the set; false outside the text. */
export function isIn(set: ByteClass, text: string, at: number): boolean {
  return set[text.charCodeAt(at)] === 1;
}

export const SMALL_LETTERS = byteClass("a-z");
export const ALNUM = byteClass("A-Z", "a-z", "0-9");
export const WORD = byteClass("A-Z", "a-z", "0-9", "_");
export const TOKEN = byteClass("A-Z", "a-z", "0-9", "_", "-");
export const DIGITS = byteClass("0-9");
export const HEX = byteClass("0-9", "a-f", "A-F");
export const UPPER_ALNUM = byteClass("A-Z", "0-9");
export const BASE64 = byteClass("A-Z", "a-z", "0-9", "+", "/", "=");
export const ANY_BASE64 = byteClass("A-Z", "a-z", "0-9", "+", "/", "-", "_");
export const NOTHING = byteClass();

/** Where the run of members that begins at `from` ends, at most at `limit`. */
export function runEnd(set: ByteClass, text: string, from: number, limit = text.length): number {
  let end = from;
  while (end < limit && set[text.charCodeAt(end)] === 1) end++;
  return end;
}

/** Where the run of members that ends before `to` begins, at least at `limit`. */
export function runStart(set: ByteClass, text: string, to: number, limit = 0): number {
  let start = to;
  while (start > limit && set[text.charCodeAt(start - 1)] === 1) start--;
  return start;
}
