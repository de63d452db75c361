import type { ReadableBytes } from "@cassette/format";
import { archiveInvalid } from "./archive-invalid.js";
import type { Entry } from "./entries.js";
import { encodeEntryName } from "./entry-name.js";
import { uint16, uint32, uint64 } from "./fields.js";
import { readExactly } from "./read-exactly.js";
import { FLAG, IN_ZIP64, RECORD_BYTES, SIGNATURE } from "./zip-records.js";

/**
 * Finds where an entry's data begins. What is written beside the data must agree with the list of entries, and nothing may lie between
 * the data and the next entry.
 * @throws CassetteError CASSETTE_ARCHIVE_INVALID.
 */
export async function locateData(archive: ReadableBytes, entry: Entry): Promise<number> {
  const refuse = (why: string) => archiveInvalid(archive.path, why, entry.offset);
  const nameBytes = encodeEntryName(entry.name);
  const header = await readExactly(archive, entry.offset, RECORD_BYTES.local + nameBytes.length);
  if (uint32(header, 0) !== SIGNATURE.local) throw refuse("An entry has no header.");
  const isSame =
    uint16(header, 6) === entry.flags &&
    uint16(header, 8) === entry.method &&
    uint16(header, 26) === nameBytes.length &&
    nameBytes.every((byte, at) => byte === header[RECORD_BYTES.local + at]);
  if (!isSame) throw refuse("An entry's header differs from the list of entries.");
  const start = entry.offset + RECORD_BYTES.local + nameBytes.length + uint16(header, 28);
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
function agrees(header: Uint8Array, entry: Entry, hasDescriptor: boolean): boolean {
  const [crc32, compressed, bytes] = [14, 18, 22].map((at) => uint32(header, at));
  const same = (actual: number | undefined, expected: number, isSize = true) =>
    actual === expected || (hasDescriptor && actual === 0) || (isSize && actual === IN_ZIP64);
  return (
    same(crc32, entry.crc32, false) && same(compressed, entry.compressedBytes) && same(bytes, entry.bytes)
  );
}

/** The signature of a descriptor is optional; its sizes have 32 or 64 bits. */
function isDescriptor(after: Uint8Array, { crc32, compressedBytes, bytes }: Entry): boolean {
  const hasSignature = after.length % 8 === 0 && after.length >= 16;
  if (hasSignature && uint32(after, 0) !== SIGNATURE.descriptor) return false;
  const facts = hasSignature ? after.subarray(4) : after;
  if (facts.length !== 12 && facts.length !== 20) return false;
  if (uint32(facts, 0) !== crc32) return false;
  return facts.length === 12
    ? uint32(facts, 4) === compressedBytes && uint32(facts, 8) === bytes
    : uint64(facts, 4) === compressedBytes && uint64(facts, 12) === bytes;
}
