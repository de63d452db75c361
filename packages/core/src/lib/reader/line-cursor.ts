import type { Hash } from "node:crypto";
import { CassetteError } from "@cassette/format";
import type { ArtifactFile } from "./artifact-file.js";

/**
 * Walks the lines of a `.jsonl` file in bounded memory: `while (await fill()) while (advance()) …`. Lines of white
 * space only are passed over. The current line is `bytes[start, end)`, valid until the next `fill`.
 */
export interface LineCursor {
  readonly path: string;
  bytes: Buffer;
  start: number;
  end: number;
  /** Number of the current line, from 1. */
  line: number;
  /** Whether the current line ends in a newline. */
  terminated: boolean;
  /** Reads on; false when no further line can follow. */
  fill(): Promise<boolean>;
  /** Steps to the next line among those read; false when `fill` is needed. */
  advance(): boolean;
}

const BLOCK = 256 * 1024;
const NEWLINE = 0x0a;

/** @param digest is fed every byte that is read. */
export function createLineCursor(file: ArtifactFile, maxLineBytes: number, digest?: Hash): LineCursor {
  let position = 0;
  let filled = 0;
  let next = 0;
  let ended = false;

  const cursor: LineCursor = {
    path: file.path,
    bytes: Buffer.allocUnsafe(Math.min(BLOCK, file.size + 1)),
    start: 0,
    end: 0,
    line: 0,
    terminated: true,
    async fill() {
      if (ended) return false;
      makeRoom();
      const read = await file.read(cursor.bytes.subarray(filled), position);
      digest?.update(cursor.bytes.subarray(filled, filled + read));
      position += read;
      filled += read;
      ended = read === 0;
      return !ended || filled > next;
    },
    advance() {
      while (next < filled) {
        const newline = cursor.bytes.indexOf(NEWLINE, next);
        const found = newline !== -1 && newline < filled;
        if (!found && !ended) return false;
        cursor.start = next;
        cursor.end = found ? newline : filled;
        cursor.terminated = found;
        cursor.line++;
        next = found ? newline + 1 : filled;
        if (!isBlank(cursor.bytes, cursor.start, cursor.end)) return true;
      }
      return false;
    },
  };
  return cursor;

  /** Moves the unfinished line to the front, and to a larger buffer if it fills the whole of this one. */
  function makeRoom(): void {
    const { bytes } = cursor;
    const kept = filled - next;
    if (kept > maxLineBytes) throw lineTooLong(cursor, maxLineBytes);
    if (kept === bytes.length) {
      cursor.bytes = Buffer.allocUnsafe(Math.min(kept * 2, maxLineBytes + BLOCK));
    }
    bytes.copy(cursor.bytes, 0, next, filled);
    next = 0;
    filled = kept;
  }
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}

function lineTooLong(cursor: LineCursor, expected: number): CassetteError {
  return new CassetteError("CASSETTE_LIMIT_EXCEEDED", `A line is longer than ${expected} bytes.`, {
    file: cursor.path,
    line: cursor.line + 1,
    expected,
    hint: "Raise the limit if you trust the cassette.",
  });
}
