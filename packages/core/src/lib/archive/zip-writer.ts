import {
  COUNT_IN_ZIP64,
  FLAG,
  IN_ZIP64,
  type METHOD,
  RECORD_BYTES,
  SIGNATURE,
  ZIP64_EXTRA,
} from "./zip-records.js";

/** An entry that is to be written, or was. Its name is ASCII. */
export interface WrittenEntry {
  name: string;
  method: (typeof METHOD)[keyof typeof METHOD];
  crc32: number;
  compressedBytes: number;
  bytes: number;
  offset: number;
  /** Whether a descriptor after the data states checksum and sizes, which were unknown before it. */
  hasDescriptor: boolean;
  /** Whether the descriptor has 64-bit sizes. */
  isLarge: boolean;
}

const VERSION = { plain: 20, zip64: 45 } as const;
const MADE_ON_UNIX = 3 << 8;
const REGULAR_FILE = 0o100644;
/** 1980-01-01, the first day that the format knows: the same files give the same archive. */
const DATE = 0x0021;

/** The record before an entry's data. */
export function encodeLocalHeader(entry: WrittenEntry): Buffer {
  const extra = entry.isLarge ? Buffer.alloc(20) : Buffer.alloc(0);
  if (entry.isLarge) {
    extra.writeUInt16LE(ZIP64_EXTRA, 0);
    extra.writeUInt16LE(16, 2);
    if (!entry.hasDescriptor) {
      extra.writeBigUInt64LE(BigInt(entry.bytes), 4);
      extra.writeBigUInt64LE(BigInt(entry.compressedBytes), 12);
    }
  }
  const header = Buffer.alloc(RECORD_BYTES.local);
  header.writeUInt32LE(SIGNATURE.local, 0);
  header.writeUInt16LE(entry.isLarge ? VERSION.zip64 : VERSION.plain, 4);
  writeShared(header, 6, entry);
  if (entry.hasDescriptor) header.fill(0, 14, 26);
  if (entry.isLarge) header.fill(0xff, 18, 26);
  header.writeUInt16LE(entry.name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, Buffer.from(entry.name), extra]);
}

/** The record after an entry's data. */
export function encodeDescriptor({ crc32, compressedBytes, bytes, isLarge }: WrittenEntry): Buffer {
  const descriptor = Buffer.alloc(isLarge ? 24 : 16);
  descriptor.writeUInt32LE(SIGNATURE.descriptor, 0);
  descriptor.writeUInt32LE(crc32, 4);
  if (isLarge) {
    descriptor.writeBigUInt64LE(BigInt(compressedBytes), 8);
    descriptor.writeBigUInt64LE(BigInt(bytes), 16);
  } else {
    descriptor.writeUInt32LE(compressedBytes, 8);
    descriptor.writeUInt32LE(bytes, 12);
  }
  return descriptor;
}

/** The list of entries and the records at the archive's end. @param offset where the list begins. */
export function encodeDirectory(entries: readonly WrittenEntry[], offset: number): Buffer {
  const list = Buffer.concat(entries.map(encodeCentralHeader));
  const isLarge = offset + list.length >= IN_ZIP64;
  const end = Buffer.alloc(RECORD_BYTES.end);
  end.writeUInt32LE(SIGNATURE.end, 0);
  end.writeUInt16LE(isLarge ? COUNT_IN_ZIP64 : entries.length, 8);
  end.writeUInt16LE(isLarge ? COUNT_IN_ZIP64 : entries.length, 10);
  end.writeUInt32LE(isLarge ? IN_ZIP64 : list.length, 12);
  end.writeUInt32LE(isLarge ? IN_ZIP64 : offset, 16);
  return Buffer.concat([list, ...(isLarge ? [encodeEnd64(entries.length, list.length, offset)] : []), end]);
}

function encodeCentralHeader(entry: WrittenEntry): Buffer {
  const wide = [entry.bytes, entry.compressedBytes, entry.offset].filter((value) => value >= IN_ZIP64);
  const extra = Buffer.alloc(wide.length === 0 ? 0 : 4 + 8 * wide.length);
  if (wide.length > 0) {
    extra.writeUInt16LE(ZIP64_EXTRA, 0);
    extra.writeUInt16LE(8 * wide.length, 2);
    for (const [n, value] of wide.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * n);
  }
  const header = Buffer.alloc(RECORD_BYTES.central);
  const version = entry.isLarge || wide.length > 0 ? VERSION.zip64 : VERSION.plain;
  header.writeUInt32LE(SIGNATURE.central, 0);
  header.writeUInt16LE(MADE_ON_UNIX | version, 4);
  header.writeUInt16LE(version, 6);
  writeShared(header, 8, entry);
  header.writeUInt16LE(entry.name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(REGULAR_FILE * 0x1_0000, 38);
  header.writeUInt32LE(Math.min(entry.offset, IN_ZIP64), 42);
  return Buffer.concat([header, Buffer.from(entry.name), extra]);
}

/** The fields that both headers of an entry have, in the same order. */
function writeShared(header: Buffer, at: number, entry: WrittenEntry): void {
  header.writeUInt16LE(FLAG.utf8 | (entry.hasDescriptor ? FLAG.descriptor : 0), at);
  header.writeUInt16LE(entry.method, at + 2);
  header.writeUInt16LE(DATE, at + 6);
  header.writeUInt32LE(entry.crc32, at + 8);
  header.writeUInt32LE(Math.min(entry.compressedBytes, IN_ZIP64), at + 12);
  header.writeUInt32LE(Math.min(entry.bytes, IN_ZIP64), at + 16);
}

function encodeEnd64(count: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(RECORD_BYTES.end64 + RECORD_BYTES.locator64);
  end.writeUInt32LE(SIGNATURE.end64, 0);
  end.writeBigUInt64LE(BigInt(RECORD_BYTES.end64 - 12), 4);
  end.writeUInt16LE(MADE_ON_UNIX | VERSION.zip64, 12);
  end.writeUInt16LE(VERSION.zip64, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(bytes), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.writeUInt32LE(SIGNATURE.locator64, RECORD_BYTES.end64);
  end.writeBigUInt64LE(BigInt(offset + bytes), RECORD_BYTES.end64 + 8);
  end.writeUInt32LE(1, RECORD_BYTES.end64 + 16);
  return end;
}
