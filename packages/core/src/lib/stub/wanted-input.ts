import type { InputRecord } from "@cassette/format";

const CR = 0x0d;
const LF = 0x0a;

/** How input is compared with what was recorded. */
export interface InputComparison {
  /** Exact unless told. Normalised: CR, LF and CRLF are one line end, and a paste's brackets do not count. */
  compare?: "exact" | "normalised";
  /** Replaces what merely changes in a recorded and in an arrived line. Used in normalised comparisons only. */
  normalise?: (text: string) => string;
}

/** How far input goes towards what is wanted. */
export type Meeting =
  | { kind: "met"; length: number }
  /** What is there is right, and does not suffice. */
  | { kind: "part" }
  /** The first byte that is not right. */
  | { kind: "differs"; at: number };

/** What has to arrive before the recording goes on. */
export interface WantedInput {
  record: InputRecord;
  meet(arrived: Uint8Array): Meeting;
}

/** What an input record waits for; null for what is never waited for: answers, resizes, signals, nothing. */
export function wantedInput(
  record: InputRecord,
  { compare, normalise }: InputComparison = {},
): WantedInput | null {
  if (record.kind !== "input" || record.answer) return null;
  if (record.withheld) return { record, meet: meetLine };
  const bytes = record.bytes ?? new Uint8Array();
  if (bytes.length === 0) return null;
  if (compare !== "normalised")
    return { record, meet: (arrived) => meetBytes(bytes, arrived, record.masked) };
  const text = latin1(bytes);
  if (normalise && normalise(text) !== text)
    return { record, meet: (arrived) => meetVolatile(text, arrived, normalise) };
  return { record, meet: (arrived) => meetNormalised(bytes, arrived, record.masked) };
}

/** Something withheld: anything, a line of it. */
function meetLine(arrived: Uint8Array): Meeting {
  const end = arrived.findIndex((byte) => byte === CR || byte === LF);
  return end === -1 ? { kind: "part" } : { kind: "met", length: end + 1 };
}

function meetBytes(wanted: Uint8Array, arrived: Uint8Array, masked: InputRecord["masked"]): Meeting {
  const length = Math.min(wanted.length, arrived.length);
  for (let at = 0; at < length; at++) {
    if (wanted[at] !== arrived[at] && !isMasked(at, masked)) return { kind: "differs", at };
  }
  return length === wanted.length ? { kind: "met", length } : { kind: "part" };
}

function isMasked(at: number, masked: InputRecord["masked"]): boolean {
  return masked?.some(([start, end]) => at >= start && at < end) ?? false;
}

/** A unit of input as it counts in a normalised comparison. */
interface Unit {
  value: number;
  /** Where it begins and ends. */
  start: number;
  end: number;
}

function meetNormalised(wanted: Uint8Array, arrived: Uint8Array, masked: InputRecord["masked"]): Meeting {
  const want = units(wanted);
  const have = units(arrived);
  let length = 0;
  for (const [index, { value, start }] of want.entries()) {
    const unit = have[index];
    if (unit === undefined) return { kind: "part" };
    if (unit.value !== value && !isMasked(start, masked)) return { kind: "differs", at: unit.start };
    length = unit.end;
  }
  return { kind: "met", length };
}

/** The bytes without a paste's brackets, each line end as one LF. */
function units(bytes: Uint8Array): Unit[] {
  const found: Unit[] = [];
  for (const { 0: piece, index } of latin1(bytes).matchAll(/\x1b\[20[01]~|\r\n|[\s\S]/g)) {
    const last = found.at(-1);
    if (piece.length > 2) continue;
    const value = piece === "\r\n" || piece === "\r" ? LF : piece.charCodeAt(0);
    if (last && piece === "\n" && bytes[index - 1] === CR) last.end = index + 1;
    else found.push({ value, start: index, end: index + piece.length });
  }
  return found;
}

/** A line that holds something that changes is compared as a whole; a part of a line, by its length. */
function meetVolatile(wanted: string, arrived: Uint8Array, normalise: (text: string) => string): Meeting {
  const text = latin1(arrived);
  const length = /[\r\n]$/.test(wanted) ? lineLength(text) : wanted.length;
  if (length === 0 || text.length < length) return { kind: "part" };
  const plain = (line: string) => normalise(line.replace(/\x1b\[20[01]~/g, "")).replace(/\r\n?/g, "\n");
  return plain(text.slice(0, length)) === plain(wanted)
    ? { kind: "met", length }
    : { kind: "differs", at: 0 };
}

function lineLength(text: string): number {
  return /^[^\r\n]*(?:\r\n|\r|\n)/.exec(text)?.[0].length ?? 0;
}

/** One character a byte. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
