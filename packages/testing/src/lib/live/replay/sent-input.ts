import type { InputRecord } from "@cassette/format";

/** Something a test sent, until the recording has taken it. */
export interface SentInput {
  bytes: Uint8Array;
  /** The key's name on the wire. */
  key?: string;
  /** Sent as a paste: with or without brackets, as the program had asked. */
  isPaste?: boolean;
}

const BRACKETS = { start: Buffer.from("\x1b[200~"), end: Buffer.from("\x1b[201~") };

/** What a recorded input still wants. */
export interface Wanted {
  bytes: Uint8Array;
  key?: string;
  /** Typed without echo: anything up to the end of a line. */
  anyLine: boolean;
  isMasked(offset: number): boolean;
  /** Bytes of it that came. */
  taken: number;
}

/** What a recorded input asks of a test; null for what is never waited for: answers, resizes, signals. */
export function wantedOf({ kind, bytes, key, answer, withheld, masked = [] }: InputRecord): Wanted | null {
  if (kind !== "input" || answer || (!withheld && !bytes?.length)) return null;
  const isMasked = (offset: number) => masked.some(([start, end]) => offset >= start && offset < end);
  return { bytes: bytes ?? new Uint8Array(), key, anyLine: withheld === true, isMasked, taken: 0 };
}

/**
 * Lets what was sent meet what is wanted.
 * @returns "met" when nothing more is wanted, "more" when the next piece is, "differs" when it was something else. What is left
 * of the piece stays in it.
 */
export function meet(wanted: Wanted, sent: SentInput): "met" | "more" | "differs" {
  if (wanted.anyLine) return meetLine(sent);
  if (wanted.taken === 0 && sent.key !== undefined && sent.key === wanted.key) {
    sent.bytes = new Uint8Array();
    return "met";
  }
  if (sent.isPaste) {
    sent.isPaste = false;
    const isBracketed = BRACKETS.start.equals(wanted.bytes.subarray(0, BRACKETS.start.length));
    if (isBracketed) sent.bytes = Buffer.concat([BRACKETS.start, sent.bytes, BRACKETS.end]);
  }
  const length = Math.min(sent.bytes.length, wanted.bytes.length - wanted.taken);
  for (let index = 0; index < length; index++) {
    const offset = wanted.taken + index;
    if (sent.bytes[index] !== wanted.bytes[offset] && !wanted.isMasked(offset)) return "differs";
  }
  sent.bytes = sent.bytes.subarray(length);
  wanted.taken += length;
  return wanted.taken === wanted.bytes.length ? "met" : "more";
}

function meetLine(sent: SentInput): "met" | "more" {
  const end = sent.bytes.findIndex((byte) => byte === 0x0d || byte === 0x0a);
  sent.bytes = end < 0 ? new Uint8Array() : sent.bytes.subarray(end + 1);
  return end < 0 ? "more" : "met";
}
