import type { ReadableBytes } from "@cassette/format";
import { archiveInvalid } from "./archive-invalid.js";
import { readEndRecord } from "./end-record.js";
import { encodeEntryName, readEntryName } from "./entry-name.js";
import { uint16, uint32, uint64 } from "./fields.js";
import { readExactly } from "./read-exactly.js";
import { FLAG, IN_ZIP64, METHOD, RECORD_BYTES, SIGNATURE, ZIP64_EXTRA } from "./zip-records.js";

/** What the list of entries says of one. */
export interface Entry {
  name: string;
  flags: number;
  method: number;
  crc32: number;
  compressedBytes: number;
  bytes: number;
  /** Where its local header is in the archive. */
  offset: number;
  /** Where what follows it begins: the next entry, or the list. */
  end: number;
}

const MAX_DIRECTORY_BYTES = 1024 * 1024;
const UNIX = 3;
const KIND = 0o170000;
const KINDS = [0, 0o040000, 0o100000];

/** Deflate reaches 1,032:1. Output that a program prints does not come near this limit, except in small files. */
const MAX_RATIO = 250;
const MAX_BYTES_OF_ANY_RATIO = 16 * 1024 ** 2;

/**
 * Reads the list of entries. It must describe entries that lie one after the other from the archive's first byte, each once, none
 * encrypted, none but files and folders.
 * @throws CassetteError CASSETTE_ARCHIVE_INVALID.
 */
export async function readEntries(archive: ReadableBytes): Promise<Entry[]> {
  const directory = await readEndRecord(archive);
  if (directory.bytes > MAX_DIRECTORY_BYTES)
    throw archiveInvalid(archive.path, "The list of entries is longer than that of any cassette.");
  const bytes = await readExactly(archive, directory.offset, directory.bytes);
  const entries: Entry[] = [];
  let at = 0;
  while (at < bytes.length) {
    const refuse = (why: string) => archiveInvalid(archive.path, why, directory.offset + at);
    const { entry, next } = readEntry(bytes, at, refuse);
    entries.push(entry);
    at = next;
  }
  if (entries.length !== directory.count)
    throw archiveInvalid(archive.path, "The list of entries has another length than the archive says.");
  checkNames(archive, entries);
  checkPlaces(archive, entries, directory.offset);
  return entries;
}

type Refuse = (why: string) => Error;

function readEntry(bytes: Uint8Array, at: number, refuse: Refuse): { entry: Entry; next: number } {
  if (at + RECORD_BYTES.central > bytes.length || uint32(bytes, at) !== SIGNATURE.central)
    throw refuse("The list of entries is malformed.");
  const nameEnd = at + RECORD_BYTES.central + uint16(bytes, at + 28);
  const extraEnd = nameEnd + uint16(bytes, at + 30);
  const next = extraEnd + uint16(bytes, at + 32);
  if (next > bytes.length) throw refuse("The list of entries is malformed.");
  const name = readEntryName(bytes.subarray(at + RECORD_BYTES.central, nameEnd));
  if (name === null) throw refuse("An entry has an unsafe name.");
  const entry: Entry = {
    name,
    flags: uint16(bytes, at + 8),
    method: uint16(bytes, at + 10),
    crc32: uint32(bytes, at + 16),
    compressedBytes: uint32(bytes, at + 20),
    bytes: uint32(bytes, at + 24),
    offset: uint32(bytes, at + 42),
    end: 0,
  };
  widen(entry, bytes.subarray(nameEnd, extraEnd), refuse);
  if (uint16(bytes, at + 34) !== 0) throw refuse("The archive is a part of several.");
  const mode = uint32(bytes, at + 38) >>> 16;
  if (bytes[at + 5] === UNIX && !KINDS.includes(mode & KIND))
    throw refuse("An entry is a symlink or another special file.");
  checkEntry(entry, refuse);
  return { entry, next };
}

/** Replaces the sizes that do not fit 32 bits by those of the zip64 field. */
function widen(entry: Entry, extra: Uint8Array, refuse: Refuse): void {
  const fields = (["bytes", "compressedBytes", "offset"] as const).filter((name) => entry[name] === IN_ZIP64);
  let isFound = false;
  for (let at = 0; at < extra.length; ) {
    if (at + 4 > extra.length) throw refuse("An extra field is malformed.");
    const start = at + 4;
    const end = start + uint16(extra, at + 2);
    if (end > extra.length) throw refuse("An extra field is malformed.");
    if (uint16(extra, at) === ZIP64_EXTRA) {
      if (isFound || end - start < 8 * fields.length) throw refuse("A zip64 field is malformed.");
      isFound = true;
      fields.forEach((name, n) => {
        entry[name] = uint64(extra, start + 8 * n);
      });
    }
    at = end;
  }
  if (fields.length > 0 && !isFound) throw refuse("A zip64 field is missing.");
}

function checkEntry({ flags, method, bytes, compressedBytes, name }: Entry, refuse: Refuse): void {
  if ((flags & FLAG.encrypted) !== 0) throw refuse("An entry is encrypted.");
  if (method !== METHOD.stored && method !== METHOD.deflated)
    throw refuse("An entry is compressed by a method other than deflate.");
  if (method === METHOD.stored && bytes !== compressedBytes)
    throw refuse("A stored entry has two different sizes.");
  if (name.endsWith("/") && bytes !== 0) throw refuse("A folder has contents.");
  if (bytes > MAX_BYTES_OF_ANY_RATIO && bytes > MAX_RATIO * compressedBytes)
    throw refuse("An entry would grow to more than 250 times its size.");
}

/** Names that differ only in case are one file on some systems. */
function checkNames(archive: ReadableBytes, entries: readonly Entry[]): void {
  const seen = new Set<string>();
  for (const { name, offset } of entries) {
    const folded = name.normalize("NFC").toLowerCase().replace(/\/$/, "");
    if (seen.has(folded)) throw archiveInvalid(archive.path, "Two entries have the same name.", offset);
    seen.add(folded);
  }
}

function checkPlaces(archive: ReadableBytes, entries: readonly Entry[], directoryAt: number): void {
  let last: Entry | null = null;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (last !== null) last.end = entry.offset;
    else if (entry.offset !== 0) throw archiveInvalid(archive.path, "Data precedes the first entry.", 0);
    last = entry;
  }
  if (last !== null) last.end = directoryAt;
  for (const { name, offset, compressedBytes, end } of entries) {
    if (offset + RECORD_BYTES.local + encodeEntryName(name).length + compressedBytes > end)
      throw archiveInvalid(archive.path, "Two entries overlap.", offset);
  }
}
