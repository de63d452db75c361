import type { ArtifactFile, ArtifactName, ReadableBytes } from "@cassette/format";
import { archiveInvalid } from "./archive-invalid.js";
import { fitsEntry } from "./block-offsets.js";
import type { Entry } from "./entries.js";
import { locateData } from "./entry-data.js";
import { type BlockEntry, createBlockReader, type ReadPart } from "./inflate-blocks.js";
import { createStreamReader } from "./inflate-stream.js";
import type { Inflater } from "./inflater.js";
import { readExactly } from "./read-exactly.js";
import { BLOCK_BYTES, METHOD } from "./zip-records.js";

/** How an entry is opened. */
export interface EntryOptions {
  name: ArtifactName;
  /** Names it in messages. */
  path: string;
  /** Where reading can start in it. */
  offsets?: readonly number[];
  inflater: Inflater;
}

/** Opens one entry as a file of a cassette. */
export async function openEntry(
  archive: ReadableBytes,
  entry: Entry,
  { name, path, offsets, inflater }: EntryOptions,
): Promise<ArtifactFile> {
  const start = await locateData(archive, entry);
  const { read, close } = readerOf({ archive, entry, start, inflater }, offsets);
  return {
    name,
    path,
    size: entry.bytes,
    read: withChecksum(archive, entry, read, inflater),
    assertUnchanged: () => archive.assertUnchanged(),
    close: async () => close(),
  };
}

interface Reader {
  read: ReadPart;
  close: () => void;
}

type EntryData = Omit<BlockEntry, "offsets">;

function readerOf(data: EntryData, offsets?: readonly number[]): Reader {
  const { archive, entry, start, inflater } = data;
  const close = () => undefined;
  if (entry.method === METHOD.stored) return { read: readStored(archive, entry, start), close };
  if (entry.bytes <= BLOCK_BYTES) return { read: readSmall(data), close };
  if (offsets && fitsEntry(offsets, entry)) return { read: createBlockReader({ ...data, offsets }), close };
  return createStreamReader(archive, entry, start, inflater);
}

function readStored(archive: ReadableBytes, entry: Entry, start: number): ReadPart {
  return async (target, position) => {
    const length = Math.min(target.byteLength, entry.bytes - position);
    return length <= 0 ? 0 : archive.read(target.subarray(0, length), start + position);
  };
}

/** Inflates all of it once, at the first read. */
function readSmall({ archive, entry, start, inflater }: EntryData): ReadPart {
  let all: Promise<Uint8Array> | null = null;
  const inflate = async () => {
    const bytes = await inflater.inflateAll(
      await readExactly(archive, start, entry.compressedBytes),
      entry.bytes,
    );
    if (bytes?.length === entry.bytes) return bytes;
    throw archiveInvalid(archive.path, "An entry's compressed data is malformed.", entry.offset);
  };
  return async (target, position) => {
    all ??= inflate();
    const part = (await all).subarray(position, position + target.byteLength);
    target.set(part);
    return part.length;
  };
}

/** Compares the checksum when the entry has been read from its first byte to its last. */
function withChecksum(archive: ReadableBytes, entry: Entry, read: ReadPart, { crc32 }: Inflater): ReadPart {
  let summed = 0;
  let sum = 0;
  return async (target, position) => {
    const count = await read(target, position);
    if (position === summed && count > 0) {
      sum = crc32(target.subarray(0, count), sum);
      summed += count;
    }
    const isWhole = summed === entry.bytes && position + count === entry.bytes;
    if (isWhole && sum !== entry.crc32)
      throw archiveInvalid(archive.path, "An entry does not have its checksum.", entry.offset);
    return count;
  };
}
