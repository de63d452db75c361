import { WORDS_PER_CELL } from "./cell-words.js";
import type { InternalLine, InternalLines } from "./internals.js";

/** The packed part of a line. It may be longer than the screen is wide: cells hidden by a narrower size come back. */
export interface PackedLine {
  length: number;
  isWrapped: boolean;
  /** A view of the packed bytes. */
  cells: Uint32Array;
}

const BYTES_PER_WORD = 4;
const FASTEST = { level: 1 };

/** Loaded on demand: recording does not need it. */
const zlib = () => process.getBuiltinModule("node:zlib");

/**
 * Packs the lines of buffers into few bytes: for each buffer the number of lines, for each line its length and whether it
 * continues, then its cells, all of them words.
 */
export function packLines(buffers: InternalLines[]): Buffer {
  const parts = buffers.flatMap((lines) => [
    Uint32Array.of(lines.length),
    ...linesOf(lines).flatMap(partsOf),
  ]);
  const bytes = parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  // A copy: what the compressor returns keeps the whole of its memory.
  return Buffer.from(zlib().deflateRawSync(Buffer.concat(bytes), FASTEST));
}

/** The lines of each buffer again. */
export function unpackLines(packed: Buffer): PackedLine[][] {
  const bytes = zlib().inflateRawSync(packed);
  const words = new Uint32Array(bytes.length / BYTES_PER_WORD);
  new Uint8Array(words.buffer).set(bytes);
  const buffers: PackedLine[][] = [];
  for (let at = 0; at < words.length; ) {
    const lines: PackedLine[] = [];
    for (let left = words[at++] ?? 0; left > 0; left--) {
      const [length = 0, isWrapped] = words.subarray(at, at + 2);
      const end = at + 2 + length * WORDS_PER_CELL;
      lines.push({ length, isWrapped: isWrapped === 1, cells: words.subarray(at + 2, end) });
      at = end;
    }
    buffers.push(lines);
  }
  return buffers;
}

/** All lines of a buffer. */
export function linesOf(lines: InternalLines): InternalLine[] {
  return Array.from({ length: lines.length }, (_, row) => {
    const line = lines.get(row);
    if (line === undefined) throw new Error("@xterm/headless has a buffer with a line missing.");
    return line;
  });
}

function partsOf({ length, isWrapped, _data }: InternalLine): Uint32Array[] {
  return [Uint32Array.of(length, Number(isWrapped)), _data.subarray(0, length * WORDS_PER_CELL)];
}
