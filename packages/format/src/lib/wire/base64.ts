const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PADDING = "=".charCodeAt(0);

const CHARACTERS = new TextEncoder().encode(ALPHABET);
const NOT_IN_ALPHABET = 64;
const VALUES = new Uint8Array(128).fill(NOT_IN_ALPHABET);
for (const [value, character] of CHARACTERS.entries()) VALUES[character] = value;

const ascii = new TextDecoder();

/** Standard padded base64, in its one canonical spelling. */
export function encodeBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  for (let from = 0, to = 0; from < bytes.length; from += 3) {
    const three = (at(bytes, from) << 16) | (at(bytes, from + 1) << 8) | at(bytes, from + 2);
    for (let shift = 18; shift >= 0; shift -= 6) text[to++] = at(CHARACTERS, (three >> shift) & 63);
  }
  text.fill(PADDING, text.length - paddingOf(bytes.length));
  return ascii.decode(text);
}

/**
 * Decodes standard padded base64. CR and LF inside are ignored, as in Go; unpadded, URL-safe and non-canonical
 * forms give null.
 */
export function decodeBase64(text: string): Uint8Array | null {
  const compact = /[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, "") : text;
  const padding = compact.endsWith("==") ? 2 : compact.endsWith("=") ? 1 : 0;
  const length = compact.length - padding;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  if (compact.length % 4 !== 0 || paddingOf(bytes.length) !== padding) return null;
  let held = 0;
  let bits = 0;
  for (let from = 0, to = 0; from < length; from++) {
    const value = VALUES[compact.charCodeAt(from)] ?? NOT_IN_ALPHABET;
    if (value === NOT_IN_ALPHABET) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[to++] = held >> bits;
  }
  // What is left over of the last character must be zeros.
  return (held & ((1 << bits) - 1)) === 0 ? bytes : null;
}

function paddingOf(byteCount: number): number {
  return (3 - (byteCount % 3)) % 3;
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
