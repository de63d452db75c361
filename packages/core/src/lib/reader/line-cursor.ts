import type { ArtifactFile } from "@cassette/format";
import { CassetteError } from "@cassette/format";
import type { RunningDigest } from "./hashing.js";

/**
 * Walks the lines of a `.jsonl` file in bounded memory: `while (await fill()) while (advance()) …`. Lines of white
 * space only are skipped. The current line is `bytes[start, end)`, valid until the next `fill`.
 */
export interface LineCursor {
  readonly path: string;
  bytes: Uint8Array;
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
  digest?: RunningDigest;
  /** Offset at which a line starts. Default: the first line. Lines are numbered from there. */
  from?: number;
}

/** What a cursor has read from its file, and how far it has walked. */
interface ReadAhead {
  readonly file: ArtifactFile;
  readonly maxLineBytes: number;
  readonly digest: RunningDigest | undefined;
  /** Position of the block that is being read. */
  position: number;
  /** Start of the next line in the cursor's bytes. */
  next: number;
  /** End of what was read into the cursor's bytes. */
  filled: number;
  /** Bytes of the unfinished line that were searched for its end: searching them for each block again takes quadratic time. */
  searched: number;
  ended: boolean;
  /** Receives the next block, after {@link HEADROOM}. */
  spare: Uint8Array;
  ahead: Promise<number> | null;
}

export function createLineCursor(
  file: ArtifactFile,
  { maxLineBytes, digest, from = 0 }: LineCursorOptions,
): LineCursor {
  const bufferBytes = HEADROOM + Math.min(BLOCK, file.size) + 1;
  const read: ReadAhead = {
    file,
    maxLineBytes,
    digest,
    position: from,
    next: 0,
    filled: 0,
    searched: 0,
    ended: false,
    spare: new Uint8Array(bufferBytes),
    ahead: null,
  };
  const cursor: LineCursor = {
    path: file.path,
    bytes: new Uint8Array(bufferBytes),
    start: 0,
    end: 0,
    get offset() {
      return read.position - (read.filled - cursor.start);
    },
    line: 0,
    terminated: true,
    fill: () => fill(cursor, read),
    advance() {
      while (step(cursor, read)) if (!isBlank(cursor)) return true;
      return false;
    },
  };
  return cursor;
}

async function fill(cursor: LineCursor, read: ReadAhead): Promise<boolean> {
  if (read.ended) return false;
  const size = await (read.ahead ?? readAhead(read));
  const block = read.spare.subarray(HEADROOM, HEADROOM + size);
  read.digest?.update(block);
  read.searched = read.filled - read.next;
  join(cursor, read, block);
  read.ended = size === 0;
  if (read.ended) return read.filled > read.next;
  read.position += size;
  read.ahead = readAhead(read);
  // The awaiting caller receives the error; until then it must not count as unhandled.
  read.ahead.catch(() => undefined);
  return true;
}

function readAhead({ file, spare, position }: ReadAhead): Promise<number> {
  return file.read(spare.subarray(HEADROOM), position);
}

/** Joins the unfinished line and the block after it. */
function join(cursor: LineCursor, read: ReadAhead, block: Uint8Array): void {
  const unfinished = read.filled - read.next;
  if (unfinished > read.maxLineBytes) throw lineTooLong(cursor, read.maxLineBytes, 1);
  if (unfinished > HEADROOM) append(cursor, read, block);
  else putBefore(cursor, read, block);
}

/** A short line is moved into the space before the block, and the two buffers are swapped. */
function putBefore(cursor: LineCursor, read: ReadAhead, block: Uint8Array): void {
  const { spare, next, filled } = read;
  const used = cursor.bytes;
  read.next = HEADROOM - (filled - next);
  spare.set(used.subarray(next, filled), read.next);
  read.filled = HEADROOM + block.length;
  read.spare = used.length === spare.length ? used : new Uint8Array(spare.length);
  cursor.bytes = spare;
}

/** A long line stays in place; if its buffer is full, it moves to one of twice the size. */
function append(cursor: LineCursor, read: ReadAhead, block: Uint8Array): void {
  const { next, filled } = read;
  if (cursor.bytes.length - filled < block.length) {
    const larger = new Uint8Array(2 * (filled - next + block.length));
    larger.set(cursor.bytes.subarray(next, filled));
    read.filled = filled - next;
    read.next = 0;
    cursor.bytes = larger;
  }
  cursor.bytes.set(block, read.filled);
  read.filled += block.length;
}

/** Makes the next line, blank or not, the current one; false when its end was not read yet. */
function step(cursor: LineCursor, read: ReadAhead): boolean {
  const { next, filled, maxLineBytes } = read;
  if (next >= filled) return false;
  const newline = cursor.bytes.indexOf(NEWLINE, next + read.searched);
  const terminated = newline !== -1 && newline < filled;
  if (!terminated && !read.ended) return false;
  cursor.start = next;
  cursor.end = terminated ? newline : filled;
  cursor.terminated = terminated;
  cursor.line++;
  read.next = terminated ? newline + 1 : filled;
  read.searched = 0;
  if (cursor.end - next > maxLineBytes) throw lineTooLong(cursor, maxLineBytes);
  return true;
}

function isBlank({ bytes, start, end }: LineCursor): boolean {
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
