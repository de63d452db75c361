import { crc32 } from "node:zlib";
import type { ArtifactFile, ArtifactName, ReadableBytes } from "@cassette/format";
import { archiveInvalid } from "./archive-invalid.js";
import { fitsEntry } from "./block-offsets.js";
import type { Entry } from "./entries.js";
import { locateData } from "./entry-data.js";
import { createBlockReader, inflateAll, type ReadPart } from "./inflate-blocks.js";
import { createStreamReader } from "./inflate-stream.js";
import { readExactly } from "./read-exactly.js";
import { BLOCK_BYTES, METHOD } from "./zip-records.js";

/** Opens one entry as a file of a cassette. @param path names it in messages. */
export async function openEntry(
  archive: ReadableBytes,
  entry: Entry,
  { name, path, offsets }: { name: ArtifactName; path: string; offsets?: readonly number[] },
): Promise<ArtifactFile> {
  const start = await locateData(archive, entry);
  const { read, close } = readerOf(archive, entry, start, offsets);
  return {
    name,
    path,
    size: entry.bytes,
    read: withChecksum(archive, entry, read),
    assertUnchanged: () => archive.assertUnchanged(),
    close: async () => close(),
  };
}

interface Reader {
  read: ReadPart;
  close: () => void;
}

function readerOf(archive: ReadableBytes, entry: Entry, start: number, offsets?: readonly number[]): Reader {
  const close = () => undefined;
  if (entry.method === METHOD.stored) return { read: readStored(archive, entry, start), close };
  if (entry.bytes <= BLOCK_BYTES) return { read: readSmall(archive, entry, start), close };
  if (offsets && fitsEntry(offsets, entry))
    return { read: createBlockReader(archive, entry, start, offsets), close };
  return createStreamReader(archive, entry, start);
}

function readStored(archive: ReadableBytes, entry: Entry, start: number): ReadPart {
  return async (target, position) => {
    const length = Math.min(target.byteLength, entry.bytes - position);
    return length <= 0 ? 0 : archive.read(target.subarray(0, length), start + position);
  };
}

/** Inflates all of it once, at the first read. */
function readSmall(archive: ReadableBytes, entry: Entry, start: number): ReadPart {
  let all: Promise<Buffer> | null = null;
  const inflate = async () => {
    const bytes = await inflateAll(await readExactly(archive, start, entry.compressedBytes), entry.bytes);
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
function withChecksum(archive: ReadableBytes, entry: Entry, read: ReadPart): ReadPart {
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
