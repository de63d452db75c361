import { isUtf8 } from "node:buffer";
import { limitExceeded, type Source, sourceInvalid } from "./source.js";

/** Lines of a source that one read has completed. */
export interface LineBatch {
  /** Without their line ends. */
  lines: string[];
  /** Line of the first, from 1. */
  first: number;
  /** The source ends within the last line of this batch, or just after it, without a line end. */
  isCut: boolean;
}

const NEWLINE = 0x0a;

/**
 * Splits a source into lines.
 * @throws CassetteError CASSETTE_SOURCE_INVALID for a line that is not UTF-8, CASSETTE_LIMIT_EXCEEDED for one that is too long.
 */
export async function* readLines(source: Source): AsyncGenerator<LineBatch, void> {
  const { lineBytes } = source.limits;
  let rest: Uint8Array[] = [];
  let restBytes = 0;
  let first = 1;
  for await (const piece of source.pieces()) {
    const end = piece.lastIndexOf(NEWLINE);
    const kept = end < 0 ? piece : piece.subarray(end + 1);
    if (end >= 0) {
      const bytes = joined(rest, piece.subarray(0, end));
      const lines = decoded(source, bytes, first).split("\n");
      yield { lines, first, isCut: false };
      first += lines.length;
      rest = [];
      restBytes = 0;
    }
    rest.push(kept);
    restBytes += kept.length;
    if (restBytes > lineBytes)
      throw limitExceeded(source, "The line has more bytes", lineBytes, { line: first });
  }
  if (restBytes > 0) yield { lines: [lastLine(source, Buffer.concat(rest), first)], first, isCut: true };
}

function joined(rest: readonly Uint8Array[], last: Uint8Array): Buffer {
  if (rest.length === 0) return Buffer.from(last.buffer, last.byteOffset, last.byteLength);
  return Buffer.concat([...rest, last]);
}

/** @throws CassetteError CASSETTE_SOURCE_INVALID. */
function decoded(source: Source, bytes: Buffer, first: number): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  let line = first;
  for (let start = 0; start <= bytes.length; line++) {
    const end = bytes.indexOf(NEWLINE, start);
    const stop = end < 0 ? bytes.length : end;
    if (!isUtf8(bytes.subarray(start, stop))) break;
    start = stop + 1;
  }
  throw sourceInvalid(source, "The line is not UTF-8.", { line });
}

/** `]` and `}`, with which a complete line of JSON ends. */
const CLOSERS: ReadonlySet<number | undefined> = new Set([0x5d, 0x7d]);

/** A last line that is cut may end within a character. */
function lastLine(source: Source, bytes: Buffer, line: number): string {
  return CLOSERS.has(bytes.at(-1)) ? decoded(source, bytes, line) : bytes.toString("utf8");
}
