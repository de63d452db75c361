import type { Hash } from "node:crypto";
import { CassetteError } from "@cassette/format";
import type { ArtifactFile } from "./artifact-file.js";

/**
 * Walks the lines of a `.jsonl` file in bounded memory: `while (await fill()) while (advance()) …`. Lines of white
 * space only are skipped. The current line is `bytes[start, end)`, valid until the next `fill`.
 */
export interface LineCursor {
  readonly path: string;
  bytes: Buffer;
  start: number;
  end: number;
  /** Where the current line starts in the file. */
  readonly offset: number;
  /** Number of the current line, from 1. */
  line: number;
  /** Whether the current line ends in a newline. */
  terminated: boolean;
  /** Reads more; false when no further line can follow. */
  fill(): Promise<boolean>;
  /** Steps to the next line among those read; false when `fill` is needed. */
  advance(): boolean;
}

const BLOCK = 256 * 1024;
/** Room before each block for the line that the block before it left unfinished. */
const HEADROOM = 16 * 1024;
const NEWLINE = 0x0a;

/** Options of a line cursor. */
export interface LineCursorOptions {
  maxLineBytes: number;
  /** Receives every byte that is read. */
  digest?: Hash;
  /** Offset at which a line starts. Default: the first line. Lines are numbered from there. */
  from?: number;
}

export function createLineCursor(
  file: ArtifactFile,
  { maxLineBytes, digest, from = 0 }: LineCursorOptions,
): LineCursor {
  const blockBytes = Math.min(BLOCK, file.size) + 1;
  let position = from;
  let next = 0;
  let filled = 0;
  /** Bytes of the unfinished line that were searched for its end: searching them for each block again takes quadratic time. */
  let searched = 0;
  let ended = false;
  /** Position of the block that is being read. */
  let spare: Buffer = Buffer.allocUnsafe(HEADROOM + blockBytes);
  let ahead: Promise<number> | null = null;

  const cursor: LineCursor = {
    path: file.path,
    bytes: Buffer.allocUnsafe(HEADROOM + blockBytes),
    start: 0,
    end: 0,
    get offset() {
      return position - (filled - cursor.start);
    },
    line: 0,
    terminated: true,
    async fill() {
      if (ended) return false;
      const read = await (ahead ?? readAhead());
      const block = spare.subarray(HEADROOM, HEADROOM + read);
      digest?.update(block);
      searched = filled - next;
      putTogether(block);
      ended = read === 0;
      if (ended) return filled > next;
      position += read;
      ahead = readAhead();
      // The awaiting caller receives the error; until then it must not count as unhandled.
      ahead.catch(() => undefined);
      return true;
    },
    advance() {
      if (next >= filled) return false;
      for (;;) {
        const newline = cursor.bytes.indexOf(NEWLINE, next + searched);
        const found = newline !== -1 && newline < filled;
        if (!found && (!ended || next >= filled)) return false;
        cursor.start = next;
        cursor.end = found ? newline : filled;
        cursor.terminated = found;
        cursor.line++;
        next = found ? newline + 1 : filled;
        searched = 0;
        if (cursor.end - cursor.start > maxLineBytes) throw lineTooLong(cursor, maxLineBytes);
        if (!isBlank(cursor.bytes, cursor.start, cursor.end)) return true;
      }
    },
  };
  return cursor;

  function readAhead(): Promise<number> {
    return file.read(spare.subarray(HEADROOM), position);
  }

  /** Joins the unfinished line and the block after it. */
  function putTogether(block: Buffer): void {
    const unfinished = filled - next;
    if (unfinished > maxLineBytes) throw lineTooLong(cursor, maxLineBytes, 1);
    if (unfinished > HEADROOM) append(block);
    else putBefore(block, unfinished);
  }

  /** A short line is moved into the space before the block, and the two buffers are swapped. */
  function putBefore(block: Buffer, unfinished: number): void {
    const used = cursor.bytes;
    used.copy(spare, HEADROOM - unfinished, next, filled);
    next = HEADROOM - unfinished;
    filled = HEADROOM + block.length;
    cursor.bytes = spare;
    spare = used.length === spare.length ? used : Buffer.allocUnsafe(spare.length);
  }

  /** A long line stays in place; if its buffer is full, it moves to one of twice the size. */
  function append(block: Buffer): void {
    if (cursor.bytes.length - filled < block.length) {
      const larger = Buffer.allocUnsafe(2 * (filled - next + block.length));
      filled = cursor.bytes.copy(larger, 0, next, filled);
      next = 0;
      cursor.bytes = larger;
    }
    filled += block.copy(cursor.bytes, filled);
  }
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}

/** @param ahead how many lines after the current one. */
function lineTooLong(cursor: LineCursor, expected: number, ahead = 0): CassetteError {
  return new CassetteError("CASSETTE_LIMIT_EXCEEDED", `A line is longer than ${expected} bytes.`, {
    file: cursor.path,
    line: cursor.line + ahead,
    expected,
    hint: "Raise the limit if you trust the cassette.",
  });
}
