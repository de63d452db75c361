import { constants, inflateRaw } from "node:zlib";
import type { ReadableBytes } from "@cassette/format";
import { archiveInvalid } from "./archive-invalid.js";
import type { Entry } from "./entries.js";
import { readExactly } from "./read-exactly.js";
import { BLOCK_BYTES } from "./zip-records.js";

/** A read of some of an entry's bytes; 0 at its end. */
export type ReadPart = (target: Uint8Array, position: number) => Promise<number>;

const HELD = 3;

/**
 * Reads a deflated entry whose blocks can be inflated one by one. Holds a few of them, and inflates the next one ahead.
 * @param start where the entry's data begins in the archive.
 * @param offsets where each block begins in the data.
 */
export function createBlockReader(
  archive: ReadableBytes,
  entry: Entry,
  start: number,
  offsets: readonly number[],
): ReadPart {
  const held = new Map<number, Promise<Buffer>>();
  const load = (n: number): Promise<Buffer> => {
    const found = held.get(n);
    if (found) return found;
    const block = inflateBlock(archive, entry, start, offsets, n);
    // The awaiting caller receives the error; until then it must not count as unhandled.
    block.catch(() => undefined);
    held.set(n, block);
    for (const old of held.keys()) if (held.size > HELD) held.delete(old);
    return block;
  };
  return async (target, position) => {
    if (position >= entry.bytes) return 0;
    const n = Math.floor(position / BLOCK_BYTES);
    const isSequential = n === 0 || held.has(n);
    const current = load(n);
    if (isSequential && n + 1 < offsets.length) load(n + 1);
    const block = await current;
    const part = block.subarray(position - n * BLOCK_BYTES).subarray(0, target.byteLength);
    target.set(part);
    return part.length;
  };
}

async function inflateBlock(
  archive: ReadableBytes,
  entry: Entry,
  start: number,
  offsets: readonly number[],
  n: number,
): Promise<Buffer> {
  const from = offsets[n] ?? 0;
  const to = offsets[n + 1] ?? entry.compressedBytes;
  const expected = Math.min(BLOCK_BYTES, entry.bytes - n * BLOCK_BYTES);
  const compressed = await readExactly(archive, start + from, to - from);
  const block = await inflateAll(compressed, expected);
  if (block?.length === expected) return block;
  throw archiveInvalid(archive.path, "An entry's compressed data is malformed.", start + from);
}

/** Inflates data in memory; null if it is malformed or longer than `maxBytes`. */
export function inflateAll(compressed: Uint8Array, maxBytes: number): Promise<Buffer | null> {
  // Room for one byte more shows that there is more.
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxBytes + 1 };
  return new Promise((resolve) =>
    inflateRaw(compressed, options, (error, bytes) => resolve(error ? null : bytes)),
  );
}
