import { crc32 } from "node:zlib";
import {
  type ArtifactFile,
  type ArtifactName,
  type ArtifactSource,
  CassetteError,
  OPTIONAL_ARTIFACTS,
  REQUIRED_ARTIFACTS,
} from "@cassette/format";
import { type BlockOffsets, encodeBlockOffsets } from "./block-offsets.js";
import { packBlocks } from "./deflate-blocks.js";
import { BLOCK_BYTES, IN_ZIP64, METHOD, OFFSETS_NAME } from "./zip-records.js";
import { encodeDescriptor, encodeDirectory, encodeLocalHeader, type WrittenEntry } from "./zip-writer.js";

/** How an archive is packed. */
export interface PackOptions {
  /** 0 stores the files as they are; 1 is fast, 9 small. Default: 6. */
  level?: number;
  signal?: AbortSignal;
}

/** Small files first: a reader over a network gets all of them with one request. */
const ORDER: readonly ArtifactName[] = [
  ...[...REQUIRED_ARTIFACTS, ...OPTIONAL_ARTIFACTS].filter((name) => name.endsWith(".json")),
  ...REQUIRED_ARTIFACTS.filter((name) => name.endsWith(".jsonl")),
  "output.raw",
];

/** A file that may grow by compression still fits 32 bits below this size. */
const LARGE = IN_ZIP64 - 16 * 1024 ** 2;

interface Packing {
  /** Bytes written. */
  offset: number;
  entries: WrittenEntry[];
  offsets: Map<string, readonly number[]>;
}

/**
 * Packs the files of a cassette into a zip archive that any `unzip` opens. The same files give the same bytes with one version of zlib.
 * Does not verify them: open the archive to do so.
 * @returns the archive's bytes in order.
 * @throws CassetteError CASSETTE_ARTIFACT_MISSING, and of reading; `signal.reason` when aborted.
 */
export async function* packArchive(
  source: ArtifactSource,
  { level = 6, signal }: PackOptions = {},
): AsyncGenerator<Uint8Array, void> {
  if (!Number.isInteger(level) || level < 0 || level > 9) throw new TypeError("level must be 0 to 9.");
  const packing: Packing = { offset: 0, entries: [], offsets: new Map() };
  for (const name of ORDER) {
    const file = await source.open(name, Number.MAX_SAFE_INTEGER);
    if (file === null) {
      if (REQUIRED_ARTIFACTS.includes(name)) throw missing(source, name);
      continue;
    }
    try {
      for await (const piece of packFile(packing, file, level)) {
        signal?.throwIfAborted();
        yield piece;
      }
      await file.assertUnchanged();
    } finally {
      await file.close();
    }
  }
  if (packing.offsets.size > 0) yield packOffsets(packing, packing.offsets);
  yield encodeDirectory(packing.entries, packing.offset);
}

async function* packFile(packing: Packing, file: ArtifactFile, level: number): AsyncGenerator<Uint8Array> {
  const isStored = level === 0;
  const entry: WrittenEntry = {
    name: file.name,
    method: isStored ? METHOD.stored : METHOD.deflated,
    crc32: isStored ? await checksumOf(file) : 0,
    compressedBytes: isStored ? file.size : 0,
    bytes: isStored ? file.size : 0,
    offset: packing.offset,
    hasDescriptor: !isStored,
    isLarge: file.size >= LARGE,
  };
  packing.entries.push(entry);
  yield count(packing, encodeLocalHeader(entry));
  const offsets: number[] = [];
  const start = packing.offset;
  for await (const piece of packBlocks(file, level)) {
    offsets.push(packing.offset - start);
    entry.crc32 = piece.crc32;
    if (!isStored) entry.bytes += piece.bytes;
    yield count(packing, piece.stored);
  }
  if (isStored) return;
  entry.compressedBytes = packing.offset - start;
  if (file.size > BLOCK_BYTES) packing.offsets.set(file.name, offsets);
  yield count(packing, encodeDescriptor(entry));
}

/** The entry with the places at which reading can start. */
function packOffsets(packing: Packing, offsets: BlockOffsets): Buffer {
  const text = Buffer.from(encodeBlockOffsets(offsets));
  const entry: WrittenEntry = {
    name: OFFSETS_NAME,
    method: METHOD.stored,
    crc32: crc32(text),
    compressedBytes: text.length,
    bytes: text.length,
    offset: packing.offset,
    hasDescriptor: false,
    isLarge: false,
  };
  packing.entries.push(entry);
  return count(packing, Buffer.concat([encodeLocalHeader(entry), text]));
}

/** The header of a stored file comes before its data and has its checksum, so the file is read twice. */
async function checksumOf(file: ArtifactFile): Promise<number> {
  let sum = 0;
  for await (const piece of packBlocks(file, 0)) sum = piece.crc32;
  return sum;
}

function count(packing: Packing, piece: Buffer): Buffer {
  packing.offset += piece.length;
  return piece;
}

function missing(source: ArtifactSource, name: ArtifactName): CassetteError {
  return new CassetteError("CASSETTE_ARTIFACT_MISSING", `The cassette has no ${name}.`, {
    file: source.pathOf(name),
  });
}
