/** The result of {@link characterLength} for an incomplete character at the end of the bytes. */
export const INCOMPLETE = 0;

/** What replaces bytes that are not UTF-8. */
const REPLACEMENT = 0xfffd;
/** {@link REPLACEMENT} in UTF-8. */
export const REPLACEMENT_BYTES = Uint8Array.of(0xef, 0xbf, 0xbd);

const isContinuation = (byte: number) => (byte & 0xc0) === 0x80;

/** Bytes a character takes by its first byte; 0 for a byte that begins none. */
function declaredLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

/** Whether a second byte may follow a first one: overlong forms, surrogates and what lies beyond U+10FFFF end here. */
function mayFollow(lead: number, second: number): boolean {
  if (lead === 0xe0) return second >= 0xa0 && second < 0xc0;
  if (lead === 0xed) return second >= 0x80 && second < 0xa0;
  if (lead === 0xf0) return second >= 0x90 && second < 0xc0;
  if (lead === 0xf4) return second >= 0x80 && second < 0x90;
  return isContinuation(second);
}

/**
 * Length of the character that begins at `start`: {@link INCOMPLETE} when the bytes end before it does, and −n when the
 * next n bytes are not UTF-8 and become one U+FFFD, as the WHATWG decoder counts them.
 * https://encoding.spec.whatwg.org/#utf-8-decoder
 */
export function characterLength(bytes: Uint8Array, start: number, end: number): number {
  const lead = bytes[start] ?? 0;
  const length = declaredLength(lead);
  if (length === 0) return -1;
  for (let at = 1; at < length; at++) {
    if (start + at >= end) return INCOMPLETE;
    const byte = bytes[start + at] ?? 0;
    if (at === 1 ? !mayFollow(lead, byte) : !isContinuation(byte)) return -at;
  }
  return length;
}

/** The code point of a character, by the length that {@link characterLength} found; U+FFFD for a negative one. */
export function codePointAt(bytes: Uint8Array, start: number, length: number): number {
  if (length < 0) return REPLACEMENT;
  const lead = bytes[start] ?? 0;
  if (length === 1) return lead;
  let code = lead & (0xff >> (length + 1));
  for (let at = 1; at < length; at++) code = (code << 6) | ((bytes[start + at] ?? 0) & 0x3f);
  return code;
}

/** The same bytes with a U+FFFD for each part that is not UTF-8. What follows is another character: the last one is whole or broken. */
export function repairUtf8(bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let done = 0;
  for (let at = 0; at < bytes.length; ) {
    const found = characterLength(bytes, at, bytes.length);
    const length = found === INCOMPLETE ? at - bytes.length : found;
    if (length < 0) {
      pieces.push(bytes.subarray(done, at), REPLACEMENT_BYTES);
      done = at - length;
    }
    at += Math.abs(length);
  }
  return done === 0 ? bytes : Buffer.concat([...pieces, bytes.subarray(done)]);
}

/** The last place at or before `at` where a character begins. */
export function characterStart(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && at - start < 3 && isContinuation(bytes[start] ?? 0)) start--;
  return start;
}

/** The bytes without an incomplete character at their end. */
export function withoutPartialCharacter(bytes: Uint8Array): Uint8Array {
  const start = characterStart(bytes, bytes.length - 1);
  return characterLength(bytes, start, bytes.length) === INCOMPLETE ? bytes.subarray(0, start) : bytes;
}
