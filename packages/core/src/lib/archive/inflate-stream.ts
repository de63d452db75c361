import { pipeline, Readable } from "node:stream";
import { createInflateRaw, type InflateRaw } from "node:zlib";
import type { ReadableBytes } from "@cassette/format";
import { archiveInvalid } from "./archive-invalid.js";
import type { Entry } from "./entries.js";
import type { ReadPart } from "./inflate-blocks.js";
import { readExactly } from "./read-exactly.js";

const PIECE = 256 * 1024;

/** An entry that is being inflated from its beginning. */
interface Inflating {
  inflater: InflateRaw;
  pieces: AsyncIterator<Buffer>;
  /** The bytes inflated last, and where they begin. */
  piece: Buffer;
  at: number;
}

/** How an entry without places to start at is read: `close` stops the inflating. */
export interface StreamReader {
  read: ReadPart;
  close(): void;
}

/** Reads a deflated entry in order. Reading something before what was read last inflates from the beginning again. */
export function createStreamReader(archive: ReadableBytes, entry: Entry, start: number): StreamReader {
  let inflating: Inflating | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const readPart: ReadPart = async (target, position) => {
    if (position >= entry.bytes) return 0;
    if (inflating === null || position < inflating.at) {
      inflating?.inflater.destroy();
      inflating = inflate(archive, entry, start);
    }
    await moveTo(inflating, position, archive, entry);
    const part = inflating.piece.subarray(position - inflating.at).subarray(0, target.byteLength);
    target.set(part);
    return part.length;
  };
  return {
    // One at a time: two reads would pull the same stream.
    read(target, position) {
      const reading = last.then(() => readPart(target, position));
      last = reading.catch(() => undefined);
      return reading;
    },
    close: () => void inflating?.inflater.destroy(),
  };
}

function inflate(archive: ReadableBytes, entry: Entry, start: number): Inflating {
  const inflater = createInflateRaw({ chunkSize: PIECE });
  // Errors arrive where the pieces are read.
  pipeline(Readable.from(compressedPieces(archive, entry, start)), inflater, () => undefined);
  return { inflater, pieces: inflater[Symbol.asyncIterator](), piece: Buffer.alloc(0), at: 0 };
}

async function* compressedPieces(
  archive: ReadableBytes,
  entry: Entry,
  start: number,
): AsyncGenerator<Buffer> {
  for (let at = 0; at < entry.compressedBytes; at += PIECE)
    yield readExactly(archive, start + at, Math.min(PIECE, entry.compressedBytes - at));
}

async function moveTo(
  inflating: Inflating,
  position: number,
  archive: ReadableBytes,
  entry: Entry,
): Promise<void> {
  while (position >= inflating.at + inflating.piece.length) {
    const { value, done } = await next(inflating, archive, entry);
    if (done) throw malformed(archive, entry);
    inflating.at += inflating.piece.length;
    inflating.piece = value;
    const end = inflating.at + value.length;
    if (end > entry.bytes) throw malformed(archive, entry);
    if (end === entry.bytes) await expectEnd(inflating, archive, entry);
  }
}

/** All compressed bytes must be used, and nothing may follow the stated size. */
async function expectEnd(inflating: Inflating, archive: ReadableBytes, entry: Entry): Promise<void> {
  const { done } = await next(inflating, archive, entry);
  if (!done || inflating.inflater.bytesWritten !== entry.compressedBytes) throw malformed(archive, entry);
}

async function next(
  { pieces }: Inflating,
  archive: ReadableBytes,
  entry: Entry,
): Promise<IteratorResult<Buffer>> {
  try {
    return await pieces.next();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith("Z_")) throw malformed(archive, entry);
    throw error;
  }
}

function malformed(archive: ReadableBytes, entry: Entry): Error {
  return archiveInvalid(archive.path, "An entry's compressed data is malformed.", entry.offset);
}
