import type { OutputRecord } from "../records.js";

// A recording has one of these lines for each write of the program, so the spelling every writer uses is read
// straight from the bytes. A line that differs from it in one byte is left to the parser, which reads all of JSON.

const ENCODER = new TextEncoder();
const SEQ = ENCODER.encode('{"seq":');
const T_MS = ENCODER.encode(',"t_ms":');
const OFFSET = ENCODER.encode(',"offset":');
const LENGTH = ENCODER.encode(',"length":');
const SHA256 = ENCODER.encode(',"sha256":"');
const END = ENCODER.encode('"}');
const ascii = new TextDecoder();
const DIGEST_LENGTH = 64;
/** Fifteen digits are always exact. */
const MAX_DIGITS = 15;

/** Index after the last number read. */
let numberEnd = 0;

/** Reads one line `bytes[start, end)` in its canonical spelling; null for any other. */
export function readCanonicalOutput(bytes: Uint8Array, start: number, end: number): OutputRecord | null {
  const seq = readField(bytes, start, SEQ);
  if (seq < 0) return null;
  const t_ms = readField(bytes, numberEnd, T_MS);
  if (t_ms < 0) return null;
  const offset = readField(bytes, numberEnd, OFFSET);
  if (offset < 0) return null;
  const length = readField(bytes, numberEnd, LENGTH);
  if (length < 0 || !startsWith(bytes, numberEnd, SHA256)) return null;
  const digest = numberEnd + SHA256.length;
  const digestEnd = digest + DIGEST_LENGTH;
  if (digestEnd + END.length !== end || !startsWith(bytes, digestEnd, END)) return null;
  if (!isLowerHex(bytes, digest, digestEnd)) return null;
  return { seq, t_ms, offset, length, sha256: ascii.decode(bytes.subarray(digest, digestEnd)) };
}

/** Writes a record in that spelling, newline included. */
export function writeCanonicalOutput({ seq, t_ms, offset, length, sha256 }: OutputRecord): string {
  return `{"seq":${seq},"t_ms":${t_ms},"offset":${offset},"length":${length},"sha256":"${sha256}"}\n`;
}

/** The number after `prefix`, or -1; leaves its end in {@link numberEnd}. */
function readField(bytes: Uint8Array, at: number, prefix: Uint8Array): number {
  if (!startsWith(bytes, at, prefix)) return -1;
  const first = at + prefix.length;
  let value = 0;
  let i = first;
  for (; i - first <= MAX_DIGITS; i++) {
    const byte = bytes[i] ?? 0;
    if (!isDigit(byte)) break;
    value = value * 10 + byte - 0x30;
  }
  const digits = i - first;
  const hasLeadingZero = digits > 1 && bytes[first] === 0x30;
  if (digits === 0 || digits > MAX_DIGITS || hasLeadingZero) return -1;
  numberEnd = i;
  return value;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function startsWith(bytes: Uint8Array, at: number, prefix: Uint8Array): boolean {
  for (let i = 0; i < prefix.length; i++) if (bytes[at + i] !== prefix[i]) return false;
  return true;
}

function isLowerHex(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x30 || (byte > 0x39 && byte < 0x61) || byte > 0x66) return false;
  }
  return true;
}
