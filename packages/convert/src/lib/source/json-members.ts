import type { JsonValue } from "@cassette/format";
import { MOST_DEPTH } from "./limits.js";
import { parseJson } from "./parse-json.js";
import { limitExceeded, type Source, sourceInvalid } from "./source.js";

/** A part of a large JSON object: a member, or one item of the one member that is a long list. */
export interface JsonPart {
  kind: "member" | "item";
  /** Of the member, or of the list. */
  key: string;
  value: JsonValue;
  /** Characters of its text. */
  length: number;
  /** Line on which it ends, from 1. */
  line: number;
}

/** Parts that one read has completed. */
export interface JsonParts {
  parts: JsonPart[];
  /** Bytes of the incomplete end; null before the end, and after a complete one. */
  cutBytes: number | null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const NEWLINE = 0x0a;
const OPENERS: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const LIST = 0x5b;

/** Where the scan is. */
interface Scan {
  source: Source;
  /** Name of the long list. */
  listKey: string;
  depth: number;
  /** Parts are separated by commas at this depth: 1 in the object, 2 in the list. */
  partDepth: 1 | 2;
  isInString: boolean;
  isEscaped: boolean;
  line: number;
  /** Bytes of the part so far, of earlier pieces. */
  begun: Uint8Array[];
  begunBytes: number;
  /** The object was closed. */
  hasEnded: boolean;
  parts: JsonPart[];
}

/**
 * Reads one JSON object whose member `listKey` is a list of any length, piece by piece.
 * @throws CassetteError CASSETTE_SOURCE_INVALID, CASSETTE_LIMIT_EXCEEDED.
 */
export async function* readJsonMembers(source: Source, listKey: string): AsyncGenerator<JsonParts, void> {
  const scan: Scan = {
    ...{ source, listKey, depth: 0, partDepth: 1, isInString: false, isEscaped: false, line: 1 },
    ...{ begun: [], begunBytes: 0, hasEnded: false, parts: [] },
  };
  for await (const piece of source.pieces()) {
    scanPiece(scan, piece);
    if (scan.parts.length > 0) yield { parts: scan.parts, cutBytes: null };
    scan.parts = [];
  }
  if (scan.depth === 0 && !scan.hasEnded)
    throw sourceInvalid(source, "A JSON object is expected.", { line: scan.line });
  if (!scan.hasEnded) yield { parts: [], cutBytes: scan.begunBytes };
}

function scanPiece(scan: Scan, piece: Uint8Array): void {
  let start = 0;
  for (let index = 0; index < piece.length; index++) {
    const byte = piece[index] as number;
    if (byte === NEWLINE) scan.line++;
    if (scan.isInString) {
      if (scan.isEscaped) scan.isEscaped = false;
      else if (byte === BACKSLASH) scan.isEscaped = true;
      else if (byte === QUOTE) scan.isInString = false;
    } else if (byte > 0x20) {
      const next = takeToken(scan, byte, piece, start, index);
      if (next !== null) start = next;
    }
  }
  keep(scan, piece.subarray(start));
}

/** @returns where the next part begins, if this byte ends one. */
function takeToken(scan: Scan, byte: number, piece: Uint8Array, start: number, index: number): number | null {
  if (scan.depth === 0) return begin(scan, byte, index);
  if (byte === QUOTE) scan.isInString = true;
  else if (OPENERS.has(byte)) return open(scan, byte, piece, start, index);
  else if (OPENERS.has(byte - 2)) return close(scan, byte, piece, start, index);
  else if (byte === COMMA && scan.depth === scan.partDepth) return endPart(scan, piece, start, index, false);
  return null;
}

function begin(scan: Scan, byte: number, index: number): number {
  if (scan.hasEnded || byte !== 0x7b) {
    const message = scan.hasEnded ? "Something follows the JSON object." : "A JSON object is expected.";
    throw sourceInvalid(scan.source, message, { line: scan.line });
  }
  scan.depth = 1;
  return index + 1;
}

function open(scan: Scan, byte: number, piece: Uint8Array, start: number, index: number): number | null {
  const isList =
    byte === LIST && scan.depth === 1 && keyOf(scan, piece.subarray(start, index)) === scan.listKey;
  scan.depth++;
  if (scan.depth > MOST_DEPTH)
    throw limitExceeded(scan.source, "The JSON is nested deeper", MOST_DEPTH, { line: scan.line });
  if (!isList) return null;
  scan.partDepth = 2;
  takeText(scan, piece.subarray(start, index));
  return index + 1;
}

function close(scan: Scan, byte: number, piece: Uint8Array, start: number, index: number): number | null {
  const endsPart = scan.depth === scan.partDepth;
  scan.depth--;
  if (!endsPart) return null;
  const isRight = byte === (scan.partDepth === 2 ? 0x5d : 0x7d);
  if (!isRight) throw sourceInvalid(scan.source, "This is not JSON.", { line: scan.line });
  endPart(scan, piece, start, index, true);
  if (scan.partDepth === 2) scan.partDepth = 1;
  else scan.hasEnded = true;
  return index + 1;
}

/** @param mayBeEmpty nothing need come before a closing bracket. */
function endPart(scan: Scan, piece: Uint8Array, start: number, index: number, mayBeEmpty: boolean): number {
  const text = takeText(scan, piece.subarray(start, index));
  const place = { line: scan.line };
  const isBlank = text.trim() === "";
  const isAfterList = isBlank && scan.partDepth === 1;
  if (isBlank && (mayBeEmpty || isAfterList)) return index + 1;
  if (scan.partDepth === 2) {
    scan.parts.push({
      kind: "item",
      key: scan.listKey,
      value: parseJson(scan.source, text, place),
      length: text.length,
      ...place,
    });
    return index + 1;
  }
  const member = parseJson(scan.source, `{${text}}`, place);
  for (const [key, value] of Object.entries(member as Record<string, JsonValue>))
    scan.parts.push({ kind: "member", key, value, length: text.length, ...place });
  return index + 1;
}

function keyOf({ begun }: Scan, last: Uint8Array): string | null {
  const text = Buffer.concat([...begun, last]).toString("utf8");
  const [, key] = /^\s*("(?:[^"\\]|\\.){0,100}")\s*:\s*$/.exec(text) ?? [];
  try {
    return key === undefined ? null : String(JSON.parse(key));
  } catch {
    return null;
  }
}

function keep(scan: Scan, bytes: Uint8Array): void {
  if (scan.depth === 0) return;
  scan.begun.push(bytes);
  scan.begunBytes += bytes.length;
  const { lineBytes } = scan.source.limits;
  if (scan.begunBytes > lineBytes)
    throw limitExceeded(scan.source, "A value has more bytes", lineBytes, { line: scan.line });
}

/** The text of a part, which is then empty. */
function takeText(scan: Scan, last: Uint8Array): string {
  const bytes = scan.begun.length === 0 ? Buffer.from(last) : Buffer.concat([...scan.begun, last]);
  scan.begun = [];
  scan.begunBytes = 0;
  return bytes.toString("utf8");
}
