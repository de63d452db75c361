import { crc32, deflateRawSync } from "node:zlib";

/** An entry of a zip archive, whose headers say what they should, or what a test wants. */
export interface ZipEntry {
  name: string | Uint8Array;
  data?: Uint8Array;
  /** Default: stored. */
  isDeflated?: boolean;
  /** The bytes as they are in the archive. Default: `data`, deflated if so. */
  stored?: Uint8Array;
  method?: number;
  flags?: number;
  crc?: number;
  size?: number;
  compressed?: number;
  /** In the upper 16 bits the mode of Unix. */
  attributes?: number;
  offset?: number;
  extra?: Uint8Array;
  disk?: number;
  /** What the local header says instead. */
  local?: {
    name?: string;
    crc?: number;
    size?: number;
    compressed?: number;
    flags?: number;
    method?: number;
  };
  before?: Uint8Array;
  after?: Uint8Array;
  /** Whether it is missing from the list of entries. */
  isHidden?: boolean;
}

export interface ZipEnd {
  prefix?: Uint8Array;
  beforeList?: Uint8Array;
  afterList?: Uint8Array;
  suffix?: Uint8Array;
  comment?: Uint8Array;
  count?: number;
  listBytes?: number;
  listOffset?: number;
  disk?: number;
}

const NOTHING = new Uint8Array(0);

/** Builds an archive byte by byte. Written apart from the code under test. */
export function buildZip(entries: readonly ZipEntry[], end: ZipEnd = {}): Buffer {
  const parts: Uint8Array[] = [end.prefix ?? NOTHING];
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  const list: Buffer[] = [];
  for (const entry of entries) {
    parts.push(entry.before ?? NOTHING);
    const { name, stored, facts } = factsOf(entry);
    const at = length();
    parts.push(localHeader(name, facts, entry), stored, entry.after ?? NOTHING);
    if (!entry.isHidden) list.push(centralHeader(name, facts, entry, entry.offset ?? at));
  }
  parts.push(end.beforeList ?? NOTHING);
  const listOffset = end.listOffset ?? length();
  const bytes = Buffer.concat(list);
  parts.push(bytes, end.afterList ?? NOTHING);
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(end.disk ?? 0, 4);
  record.writeUInt16LE(end.count ?? list.length, 8);
  record.writeUInt16LE(end.count ?? list.length, 10);
  record.writeUInt32LE(end.listBytes ?? bytes.length, 12);
  record.writeUInt32LE(listOffset, 16);
  record.writeUInt16LE(end.comment?.length ?? 0, 20);
  return Buffer.concat([...parts, record, end.comment ?? NOTHING, end.suffix ?? NOTHING]);
}

interface Facts {
  flags: number;
  method: number;
  crc: number;
  compressed: number;
  size: number;
}

function factsOf(entry: ZipEntry): { name: Buffer; stored: Uint8Array; facts: Facts } {
  const data = entry.data ?? NOTHING;
  const stored = entry.stored ?? (entry.isDeflated ? deflateRawSync(data) : data);
  const facts = {
    flags: entry.flags ?? 0,
    method: entry.method ?? (entry.isDeflated ? 8 : 0),
    crc: entry.crc ?? crc32(data),
    compressed: entry.compressed ?? stored.length,
    size: entry.size ?? data.length,
  };
  return { name: Buffer.from(entry.name as string), stored, facts };
}

function localHeader(name: Buffer, facts: Facts, { local = {} }: ZipEntry): Buffer {
  const told = { ...facts, ...local };
  const said = local.name === undefined ? name : Buffer.from(local.name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(told.flags, 6);
  header.writeUInt16LE(told.method, 8);
  header.writeUInt32LE(told.crc, 14);
  header.writeUInt32LE(told.compressed, 18);
  header.writeUInt32LE(told.size, 22);
  header.writeUInt16LE(said.length, 26);
  return Buffer.concat([header, said]);
}

function centralHeader(name: Buffer, facts: Facts, entry: ZipEntry, offset: number): Buffer {
  const extra = entry.extra ?? NOTHING;
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE((3 << 8) | 20, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(facts.flags, 8);
  header.writeUInt16LE(facts.method, 10);
  header.writeUInt32LE(facts.crc, 16);
  header.writeUInt32LE(facts.compressed, 20);
  header.writeUInt32LE(facts.size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt16LE(entry.disk ?? 0, 34);
  header.writeUInt32LE(entry.attributes ?? 0, 38);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, name, extra]);
}

/** A zip64 field. */
export function zip64Extra(...values: bigint[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  for (const [n, value] of values.entries()) extra.writeBigUInt64LE(value, 4 + 8 * n);
  return extra;
}

/** The zip64 end record and its locator. */
export function zip64End(facts: {
  count: bigint;
  bytes: bigint;
  offset: bigint;
  at: bigint;
  says?: bigint;
}): Buffer {
  const end = Buffer.alloc(76);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(facts.count, 24);
  end.writeBigUInt64LE(facts.count, 32);
  end.writeBigUInt64LE(facts.bytes, 40);
  end.writeBigUInt64LE(facts.offset, 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(facts.says ?? facts.at, 64);
  end.writeUInt32LE(1, 72);
  return end;
}
