import { constants, crc32, deflateRaw } from "node:zlib";
import type { ReadableBytes } from "@cassette/format";
import { artifactChanged } from "../reader/file-errors.js";
import { BLOCK_BYTES } from "./zip-records.js";

/** The next part of an entry. */
export interface Piece {
  /** As they are in the archive. */
  stored: Buffer;
  bytes: number;
  /** Of all bytes up to here. */
  crc32: number;
}

/** Blocks in work at a time: Node compresses on four threads. */
const AHEAD = 4;

/** A block that shrinks more than this is compressed in a way that shrinks it at most 8:1: readers refuse what looks like a bomb. */
const MAX_RATIO = 200;

/**
 * Compresses a file in blocks, each after a full flush: it can be inflated without those before it.
 * @param level 1 (fast) to 9 (small), or 0: bytes as they are.
 */
export async function* packBlocks(file: ReadableBytes, level: number): AsyncGenerator<Piece, void> {
  const coming: Promise<Piece>[] = [];
  let sum = 0;
  for (let at = 0; at < file.size || at === 0; at += BLOCK_BYTES) {
    const block = await readBlock(file, at);
    sum = crc32(block, sum);
    const isLast = at + block.length === file.size;
    const facts = { bytes: block.length, crc32: sum };
    const piece = deflateBlock(block, level, isLast).then((stored) => ({ stored, ...facts }));
    piece.catch(() => undefined);
    coming.push(piece);
    if (coming.length >= AHEAD) yield await (coming.shift() as Promise<Piece>);
  }
  for (const piece of coming) yield await piece;
}

async function readBlock(file: ReadableBytes, position: number): Promise<Buffer> {
  const block = Buffer.allocUnsafeSlow(Math.min(BLOCK_BYTES, file.size - position));
  for (let filled = 0; filled < block.length; ) {
    const read = await file.read(block.subarray(filled), position + filled);
    if (read === 0) throw artifactChanged(file.path);
    filled += read;
  }
  return block;
}

async function deflateBlock(block: Buffer, level: number, isLast: boolean): Promise<Buffer> {
  if (level === 0) return block;
  const finishFlush = isLast ? constants.Z_FINISH : constants.Z_FULL_FLUSH;
  const small = await deflate(block, { level, finishFlush });
  if (block.length < BLOCK_BYTES || small.length * MAX_RATIO >= block.length) return small;
  return deflate(block, { level, finishFlush, strategy: constants.Z_HUFFMAN_ONLY });
}

function deflate(
  block: Buffer,
  options: { level: number; finishFlush: number; strategy?: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    deflateRaw(block, options, (error, bytes) => (error ? reject(error) : resolve(bytes))),
  );
}
