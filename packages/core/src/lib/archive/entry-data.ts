import type { ReadableBytes } from "@cassette/format";
import { archiveInvalid } from "./archive-invalid.js";
import { wide } from "./end-record.js";
import type { Entry } from "./entries.js";
import { readExactly } from "./read-exactly.js";
import { FLAG, IN_ZIP64, RECORD_BYTES, SIGNATURE } from "./zip-records.js";

/**
 * Finds where an entry's data begins. What is written beside the data must agree with the list of entries, and nothing may lie between
 * the data and the next entry.
 * @throws CassetteError CASSETTE_ARCHIVE_INVALID.
 */
export async function locateData(archive: ReadableBytes, entry: Entry): Promise<number> {
  const refuse = (why: string) => archiveInvalid(archive.path, why, entry.offset);
  const nameBytes = Buffer.from(entry.name);
  const header = await readExactly(archive, entry.offset, RECORD_BYTES.local + nameBytes.length);
  if (header.readUInt32LE(0) !== SIGNATURE.local) throw refuse("An entry has no header.");
  const isSame =
    header.readUInt16LE(6) === entry.flags &&
    header.readUInt16LE(8) === entry.method &&
    header.readUInt16LE(26) === nameBytes.length &&
    header.subarray(RECORD_BYTES.local).equals(nameBytes);
  if (!isSame) throw refuse("An entry's header differs from the list of entries.");
  const start = entry.offset + RECORD_BYTES.local + nameBytes.length + header.readUInt16LE(28);
  const hasDescriptor = (entry.flags & FLAG.descriptor) !== 0;
  if (!agrees(header, entry, hasDescriptor)) throw refuse("An entry's sizes or checksum differ.");
  const rest = entry.end - start - entry.compressedBytes;
  if (rest < 0) throw refuse("Two entries overlap.");
  if (!hasDescriptor && rest === 0) return start;
  if (!hasDescriptor || rest > 24) throw refuse("Data lies between two entries.");
  const after = await readExactly(archive, entry.end - rest, rest);
  if (!isDescriptor(after, entry)) throw refuse("An entry's sizes or checksum differ.");
  return start;
}

/** Whether a local header says what the list of entries does. Zeros stand for what a descriptor says, all ones for a zip64 field. */
function agrees(header: Buffer, entry: Entry, hasDescriptor: boolean): boolean {
  const [crc32, compressed, bytes] = [14, 18, 22].map((at) => header.readUInt32LE(at));
  const same = (actual: number | undefined, expected: number, isSize = true) =>
    actual === expected || (hasDescriptor && actual === 0) || (isSize && actual === IN_ZIP64);
  return (
    same(crc32, entry.crc32, false) && same(compressed, entry.compressedBytes) && same(bytes, entry.bytes)
  );
}

/** The signature of a descriptor is optional; its sizes have 32 or 64 bits. */
function isDescriptor(after: Buffer, { crc32, compressedBytes, bytes }: Entry): boolean {
  const hasSignature = after.length % 8 === 0 && after.length >= 16;
  if (hasSignature && after.readUInt32LE(0) !== SIGNATURE.descriptor) return false;
  const facts = hasSignature ? after.subarray(4) : after;
  if (facts.length !== 12 && facts.length !== 20) return false;
  if (facts.readUInt32LE(0) !== crc32) return false;
  return facts.length === 12
    ? facts.readUInt32LE(4) === compressedBytes && facts.readUInt32LE(8) === bytes
    : wide(facts, 4) === compressedBytes && wide(facts, 12) === bytes;
}
