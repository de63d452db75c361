import type { ReadableBytes } from "@cassette/format";
import { archiveInvalid } from "./archive-invalid.js";
import type { Entry } from "./entries.js";
import type { Inflater } from "./inflater.js";
import { readExactly, readInto } from "./read-exactly.js";
import { BLOCK_BYTES } from "./zip-records.js";

/** A read of some of an entry's bytes; 0 at its end. */
export type ReadPart = (target: Uint8Array, position: number) => Promise<number>;

const HELD = 3;

/** An empty last block: what has been flushed ends with it. */
const END_OF_DATA = [0x01, 0x00, 0x00, 0xff, 0xff];

/** A deflated entry whose blocks can be inflated one by one. */
export interface BlockEntry {
  archive: ReadableBytes;
  entry: Entry;
  /** Where the entry's data begins in the archive. */
  start: number;
  /** Where each block begins in the data. */
  offsets: readonly number[];
  inflater: Inflater;
}

/** Reads any part of such an entry. Holds a few blocks, and inflates the next one ahead. */
export function createBlockReader(blocks: BlockEntry): ReadPart {
  const { entry, offsets } = blocks;
  const held = new Map<number, Promise<Uint8Array>>();
  const load = (n: number): Promise<Uint8Array> => {
    const found = held.get(n);
    if (found) return found;
    const block = inflateBlock(blocks, n);
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
  { archive, entry, start, offsets, inflater }: BlockEntry,
  n: number,
): Promise<Uint8Array> {
  const from = offsets[n] ?? 0;
  const to = offsets[n + 1];
  const expected = Math.min(BLOCK_BYTES, entry.bytes - n * BLOCK_BYTES);
  const compressed =
    to === undefined
      ? await readExactly(archive, start + from, entry.compressedBytes - from)
      : await readFlushed(archive, start + from, to - from);
  const block = await inflater.inflateAll(compressed, expected);
  if (block?.length === expected) return block;
  throw archiveInvalid(archive.path, "An entry's compressed data is malformed.", start + from);
}

/** Reads a block that others follow, and ends it. */
async function readFlushed(archive: ReadableBytes, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length + END_OF_DATA.length);
  await readInto(bytes.subarray(0, length), archive, position);
  bytes.set(END_OF_DATA, length);
  return bytes;
}
