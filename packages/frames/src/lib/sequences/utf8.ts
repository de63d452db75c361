/** What {@link characterLength} says of a character that the bytes end in. */
export const INCOMPLETE = 0;

const isContinuation = (byte: number) => (byte & 0xc0) === 0x80;

/** Bytes a character takes by its first byte; 0 for a byte that begins none. */
function declaredLength(lead: number): number {
  if (lead < 0x80) return 1;
  if ((lead & 0xe0) === 0xc0) return 2;
  if ((lead & 0xf0) === 0xe0) return 3;
  return (lead & 0xf8) === 0xf0 ? 4 : 0;
}

/**
 * Length of the character that begins at `start`: {@link INCOMPLETE} when the bytes end before it does, and −n when the
 * next n bytes are not a character.
 */
export function characterLength(bytes: Uint8Array, start: number, end: number): number {
  const length = declaredLength(bytes[start] ?? 0);
  if (length === 0) return -1;
  for (let at = 1; at < length; at++) {
    if (start + at >= end) return INCOMPLETE;
    if (!isContinuation(bytes[start + at] ?? 0)) return -at;
  }
  return length;
}

/** The code point of a complete character of `length` bytes, or −1 where UTF-8 has no such (overlong, surrogate, too large). */
export function codePointAt(bytes: Uint8Array, start: number, length: number): number {
  const lead = bytes[start] ?? 0;
  if (length === 1) return lead;
  let code = lead & (0xff >> (length + 1));
  for (let at = 1; at < length; at++) code = (code << 6) | ((bytes[start + at] ?? 0) & 0x3f);
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x1_0000;
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code < least || code > 0x10_ffff || isSurrogate ? -1 : code;
}

/** The last place at or before `at` where a character begins. */
export function characterStart(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && at - start < 3 && isContinuation(bytes[start] ?? 0)) start--;
  return start;
}
