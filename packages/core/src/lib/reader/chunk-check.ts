import { CassetteError, type OutputRecord } from "@cassette/format";
import type { ByteStream } from "./byte-stream.js";
import type { RecordPlace } from "./timeline.js";

/**
 * Checks that a chunk lies inside `output.raw`, after the chunk before it, and has its digest. Moves `stream` on; a
 * chunk that goes back is refused, so that no file can make a reader hash the same bytes again and again.
 */
export async function checkChunk(
  stream: ByteStream,
  record: OutputRecord,
  previousEnd: number,
  rawSize: number,
  place: RecordPlace,
): Promise<CassetteError | null> {
  const { offset, length } = record;
  if (offset < 0 || length < 0 || offset > rawSize || length > rawSize - offset) {
    return chunkError(
      "CASSETTE_CHUNK_OUT_OF_RANGE",
      "The chunk does not lie inside output.raw.",
      record,
      place,
    );
  }
  if (offset < previousEnd) {
    const message = "The chunk begins before the end of the one before it.";
    return chunkError("CASSETTE_CHUNK_OUT_OF_RANGE", message, record, place);
  }
  const actual = await digestOf(stream, offset, offset + length);
  if (actual === null || record.sha256 === "" || actual === record.sha256) return null;
  return chunkError(
    "CASSETTE_CHUNK_DIGEST_MISMATCH",
    "The chunk's bytes are not those recorded.",
    record,
    place,
  );
}

/** Whether a chunk can be checked without waiting for the disk; otherwise use {@link checkChunk}. */
export function isChunkBuffered(stream: ByteStream, record: OutputRecord, previousEnd: number): boolean {
  const { offset, length } = record;
  if (offset < previousEnd || length < 0 || offset < stream.blockStart) return false;
  if (offset + length > stream.blockEnd) return false;
  const start = offset - stream.blockStart;
  return stream.hashing.hash(stream.block.subarray(start, start + length)) === record.sha256;
}

/** Digest of `[start, end)`, which the blocks from here on hold; null if the file ends before. */
async function digestOf(stream: ByteStream, start: number, end: number): Promise<string | null> {
  const digest = stream.hashing.start();
  let at = start;
  while (at < end) {
    while (stream.blockEnd <= at) if (!(await stream.next())) return null;
    const from = at - stream.blockStart;
    const part = stream.block.subarray(from, Math.min(end - stream.blockStart, stream.block.length));
    digest.update(part);
    at += part.length;
  }
  return digest.hex();
}

function chunkError(
  code: "CASSETTE_CHUNK_OUT_OF_RANGE" | "CASSETTE_CHUNK_DIGEST_MISMATCH",
  message: string,
  record: OutputRecord,
  place: RecordPlace,
): CassetteError {
  return new CassetteError(code, message, { ...place, seq: record.seq });
}
