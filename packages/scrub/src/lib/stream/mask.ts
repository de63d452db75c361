import { columnsOf } from "@cassette/format/width";

export const ASTERISK = 0x2a;
const encode = (text: string) => new TextEncoder().encode(text);
/** By columns, then by length in UTF-8; all are as wide in every version of Unicode. */
const MASKS: Record<1 | 2, Record<number, Uint8Array>> = {
  1: { 2: encode("\u00d7"), 3: encode("\u2022"), 4: encode("\u{1fb00}") },
  2: { 3: encode("\uff0a"), 4: encode("\u{2000b}") },
};

/** What almost every secret is made of. */
const PRINTABLE_ASCII = /^[ -~]*$/;

/** Whether nothing but {@link ASTERISK} is in place of a text. */
export function isMaskedByAsterisks(text: string): boolean {
  return PRINTABLE_ASCII.test(text);
}

/**
 * What is in place of bytes: as many bytes and as many columns. Characters without width stay, and so do parts of
 * characters at the edges.
 * @param text bytes as a string of U+0000 to U+00FF, as the result is.
 */
export function maskOf(text: string): string {
  const masked = Buffer.from(text, "latin1");
  let at = 0;
  while (at < masked.length && isContinuation(masked[at])) at++;
  while (at < masked.length) {
    const lead = masked[at] ?? 0;
    if (lead < 0x80) {
      if (lead >= 0x20 && lead !== 0x7f) masked[at] = ASTERISK;
      at++;
      continue;
    }
    const length = lengthOf(lead);
    if (at + length > masked.length) break;
    const char = decode(masked.subarray(at, at + length));
    const mask = char === null ? null : maskOfChar(char, length);
    if (mask) masked.set(mask, at);
    else if (char === null) masked[at] = ASTERISK;
    at += char === null ? 1 : length;
  }
  return masked.toString("latin1");
}

function maskOfChar(codePoint: number, length: number): Uint8Array | undefined {
  const columns = columnsOf(codePoint);
  return columns === 0 ? undefined : MASKS[columns][length];
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf;
}

/** Length in UTF-8 that a lead byte announces; 1 for what is none. */
export function lengthOf(lead: number): number {
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  if (lead >= 0xe0) return lead <= 0xef ? 3 : 1;
  return lead >= 0xc2 && lead <= 0xdf ? 2 : 1;
}

/** Of several bytes; a byte by itself that is no ASCII is no character. */
function decode(bytes: Uint8Array): number | null {
  if (bytes.length === 1) return null;
  for (const byte of bytes.subarray(1)) if (!isContinuation(byte)) return null;
  return Buffer.from(bytes).toString("utf8").codePointAt(0) ?? null;
}
