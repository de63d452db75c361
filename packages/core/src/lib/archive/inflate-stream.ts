import type { ReadableBytes } from "@cassette/format";
import { archiveInvalid } from "./archive-invalid.js";
import type { Entry } from "./entries.js";
import type { ReadPart } from "./inflate-blocks.js";
import type { Inflater, Inflating } from "./inflater.js";
import { readExactly } from "./read-exactly.js";

const PIECE = 256 * 1024;

/** An entry that is being inflated from its beginning. */
interface InflatingEntry extends Inflating {
  archive: ReadableBytes;
  entry: Entry;
  /** The bytes inflated last, and where they begin. */
  piece: Uint8Array;
  at: number;
  /** Why the archive could not be read, unless it could. */
  readError: unknown;
}

/** How an entry without places to start at is read: `close` stops the inflating. */
export interface StreamReader {
  read: ReadPart;
  close(): void;
}

/** Reads a deflated entry in order. Reading something before what was read last inflates from the beginning again. */
export function createStreamReader(
  archive: ReadableBytes,
  entry: Entry,
  start: number,
  inflater: Inflater,
): StreamReader {
  let inflating: InflatingEntry | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const readPart: ReadPart = async (target, position) => {
    if (position >= entry.bytes) return 0;
    if (inflating === null || position < inflating.at) {
      inflating?.stop();
      inflating = inflate(archive, entry, start, inflater);
    }
    await moveTo(inflating, position);
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
    close: () => inflating?.stop(),
  };
}

function inflate(archive: ReadableBytes, entry: Entry, start: number, inflater: Inflater): InflatingEntry {
  const inflating = { archive, entry, piece: new Uint8Array(0), at: 0, readError: undefined };
  const compressed = compressedPieces(inflating, start);
  return Object.assign(inflating, inflater.inflate(compressed, entry.compressedBytes));
}

async function* compressedPieces(
  inflating: Omit<InflatingEntry, keyof Inflating>,
  start: number,
): AsyncGenerator<Uint8Array> {
  const { archive, entry } = inflating;
  try {
    for (let at = 0; at < entry.compressedBytes; at += PIECE)
      yield await readExactly(archive, start + at, Math.min(PIECE, entry.compressedBytes - at));
  } catch (error) {
    inflating.readError = error;
    throw error;
  }
}

async function moveTo(inflating: InflatingEntry, position: number): Promise<void> {
  const { entry } = inflating;
  while (position >= inflating.at + inflating.piece.length) {
    const { value, done } = await next(inflating);
    if (done) throw malformed(inflating);
    inflating.at += inflating.piece.length;
    inflating.piece = value;
    const end = inflating.at + value.length;
    if (end > entry.bytes) throw malformed(inflating);
    // Nothing may follow the stated size.
    if (end === entry.bytes && !(await next(inflating)).done) throw malformed(inflating);
  }
}

async function next(inflating: InflatingEntry): Promise<IteratorResult<Uint8Array>> {
  try {
    return await inflating.pieces.next();
  } catch {
    throw inflating.readError ?? malformed(inflating);
  }
}

function malformed({ archive, entry }: InflatingEntry): Error {
  return archiveInvalid(archive.path, "An entry's compressed data is malformed.", entry.offset);
}
