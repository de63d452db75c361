import type { ReadableBytes } from "@cassette/format";
import { archiveInvalid } from "./archive-invalid.js";
import { uint16, uint32, uint64 } from "./fields.js";
import { readExactly } from "./read-exactly.js";
import { COUNT_IN_ZIP64, IN_ZIP64, RECORD_BYTES, SIGNATURE } from "./zip-records.js";

/** Where an archive's list of entries is. */
export interface Directory {
  offset: number;
  bytes: number;
  count: number;
}

const LONGEST_COMMENT = 0xffff;
const TAIL = RECORD_BYTES.end + LONGEST_COMMENT;

/**
 * Finds the list of entries by the record at the archive's end. The list must end where that record begins, and the record where the
 * archive does: what is before or after them could be another archive.
 * @throws CassetteError CASSETTE_ARCHIVE_INVALID.
 */
export async function readEndRecord(archive: ReadableBytes): Promise<Directory> {
  const length = Math.min(TAIL, archive.size);
  const start = archive.size - length;
  const tail = await readExactly(archive, start, length);
  const at = findEnd(tail);
  if (at === null) throw archiveInvalid(archive.path, "This is not a zip archive, or it is cut off.");
  if (at + RECORD_BYTES.end + uint16(tail, at + 20) !== length)
    throw archiveInvalid(archive.path, "Data follows the archive.", start + at);
  if (uint16(tail, at + 4) !== 0 || uint16(tail, at + 6) !== 0)
    throw archiveInvalid(archive.path, "The archive is a part of several.", start + at);
  const found = {
    count: uint16(tail, at + 10),
    bytes: uint32(tail, at + 12),
    offset: uint32(tail, at + 16),
  };
  if (uint16(tail, at + 8) !== found.count)
    throw archiveInvalid(archive.path, "The archive is a part of several.", start + at);
  const isZip64 = found.count === COUNT_IN_ZIP64 || found.bytes === IN_ZIP64 || found.offset === IN_ZIP64;
  const { end, ...directory } = isZip64
    ? await readEndRecord64(archive, start + at, found)
    : { ...found, end: start + at };
  if (directory.offset + directory.bytes !== end)
    throw archiveInvalid(archive.path, "Data precedes the archive, or its list of entries is elsewhere.");
  return directory;
}

function findEnd(tail: Uint8Array): number | null {
  for (let at = tail.length - RECORD_BYTES.end; at >= 0; at--)
    if (uint32(tail, at) === SIGNATURE.end) return at;
  return null;
}

/** Reads the 64-bit record before the last one; the fields of both must agree. */
async function readEndRecord64(
  archive: ReadableBytes,
  endAt: number,
  narrow: Directory,
): Promise<Directory & { end: number }> {
  const refuse = () => archiveInvalid(archive.path, "The zip64 records are malformed.", endAt);
  const end = endAt - RECORD_BYTES.locator64 - RECORD_BYTES.end64;
  if (end < 0) throw refuse();
  const bytes = await readExactly(archive, end, endAt - end);
  const locator = bytes.subarray(RECORD_BYTES.end64);
  if (uint32(locator, 0) !== SIGNATURE.locator64 || uint32(bytes, 0) !== SIGNATURE.end64) throw refuse();
  if (uint64(bytes, 4) !== RECORD_BYTES.end64 - 12 || uint64(locator, 8) !== end) throw refuse();
  if (uint32(bytes, 16) !== 0 || uint32(bytes, 20) !== 0) throw refuse();
  const found = { count: uint64(bytes, 32), bytes: uint64(bytes, 40), offset: uint64(bytes, 48) };
  if (uint64(bytes, 24) !== found.count) throw refuse();
  const agree =
    [COUNT_IN_ZIP64, found.count].includes(narrow.count) &&
    [IN_ZIP64, found.bytes].includes(narrow.bytes) &&
    [IN_ZIP64, found.offset].includes(narrow.offset);
  if (!agree) throw refuse();
  return { ...found, end };
}
