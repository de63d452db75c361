import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { constants, crc32, deflateRawSync } from "node:zlib";
import { cassettePath } from "./conformance-data.js";
import { buildZip, type ZipEnd, type ZipEntry, zip64End, zip64Extra } from "./zip-builder.js";

const INVALID = "CASSETTE_ARCHIVE_INVALID";
const SYMLINK = 0o120777 * 0x1_0000;
const DEVICE = 0o020666 * 0x1_0000;
const MIB = 1024 ** 2;

/** A sound archive's entries. */
function sound(isDeflated = false): ZipEntry[] {
  const dir = cassettePath("minimal");
  return readdirSync(dir).map((name) => ({ name, data: readFileSync(join(dir, name)), isDeflated }));
}

/** A sound archive with other facts about one file. */
function changed(name: string, change: ZipEntry | Partial<ZipEntry>, isDeflated = false): Buffer {
  return buildZip(sound(isDeflated).map((entry) => (entry.name === name ? { ...entry, ...change } : entry)));
}

function extended(...more: ZipEntry[]): Buffer {
  return buildZip([...sound(), ...more]);
}

function ended(end: ZipEnd): Buffer {
  return buildZip(sound(), end);
}

/** Deflated zeros, with the checksum of nothing: it takes no time to make. */
function bomb(bytes: number): ZipEntry {
  const piece = deflateRawSync(Buffer.alloc(MIB), { finishFlush: constants.Z_FULL_FLUSH });
  const stored = Buffer.concat([
    ...Array.from({ length: bytes / MIB }, () => piece),
    deflateRawSync(Buffer.alloc(0)),
  ]);
  return { name: "output.raw", stored, method: 8, size: bytes, crc: 0 };
}

function withRaw(raw: Partial<ZipEntry>): Buffer {
  return changed("output.raw", raw);
}

const TEXT = Buffer.from("text");

/** An archive whose manifest is deflated in some way. */
function deflated(deflate: (data: Buffer) => Buffer[]): Buffer {
  const data = readFileSync(join(cassettePath("minimal"), "manifest.json"));
  return changed("manifest.json", { stored: Buffer.concat(deflate(data)), method: 8 });
}

const list = (archive: Buffer) => archive.readUInt32LE(archive.length - 6);
const small = deflateRawSync(Buffer.alloc(8 * MIB));

/** An archive whose last record defers to a zip64 record. */
function zip64(change: Partial<Parameters<typeof zip64End>[0]>, count = 0xffff): Buffer {
  const plain = buildZip(sound());
  const at = plain.length - 22;
  const offset = list(plain);
  const facts = {
    count: BigInt(sound().length),
    bytes: BigInt(at - offset),
    offset: BigInt(offset),
    at: BigInt(at),
  };
  return ended({
    afterList: zip64End({ ...facts, ...change }),
    count,
    listBytes: 0xffffffff,
    listOffset: 0xffffffff,
  });
}

/** What is wrong with each archive, the code of its error, and how it is made. */
export const HOSTILE_ARCHIVES: [string, string, () => Buffer][] = [
  ["an empty file", INVALID, () => Buffer.alloc(0)],
  ["text", INVALID, () => Buffer.from("not an archive".repeat(100))],
  ["zeros", INVALID, () => Buffer.alloc(200_000)],
  ["an archive without entries", INVALID, () => buildZip([])],
  [
    "an archive without a manifest",
    INVALID,
    () => buildZip(sound().filter(({ name }) => name !== "manifest.json")),
  ],
  ["the first half of an archive", INVALID, () => buildZip(sound()).subarray(0, 700)],
  ["an archive without its last byte", INVALID, () => buildZip(sound()).subarray(0, -1)],
  ["an archive without its first byte", INVALID, () => buildZip(sound()).subarray(1)],
  ["data before the first entry", INVALID, () => ended({ prefix: TEXT })],
  [
    "data before an archive whose places are not moved",
    INVALID,
    () => Buffer.concat([TEXT, buildZip(sound())]),
  ],
  ["data after the archive", INVALID, () => ended({ suffix: TEXT })],
  ["another archive after the archive", INVALID, () => Buffer.concat([buildZip(sound()), buildZip(sound())])],
  ["another end in the comment", INVALID, () => ended({ comment: buildZip([]) })],
  ["data between the entries and the list", INVALID, () => ended({ beforeList: TEXT })],
  ["data after the list", INVALID, () => ended({ afterList: TEXT })],
  [
    "an entry that is not in the list",
    INVALID,
    () => extended({ name: "hidden", data: TEXT, isHidden: true }),
  ],
  ["data between two entries", INVALID, () => changed("final.json", { before: TEXT })],
  ["data after an entry", INVALID, () => changed("final.json", { after: Buffer.alloc(40) })],
  ["fewer entries than are listed", INVALID, () => ended({ count: 3 })],
  ["more entries than are listed", INVALID, () => ended({ count: 300 })],
  ["an archive of several disks", INVALID, () => ended({ disk: 1 })],
  ["an entry on another disk", INVALID, () => changed("final.json", { disk: 1 })],
  ["a list longer than the archive", INVALID, () => ended({ listBytes: 0x7fffffff })],
  ["a list after the archive's end", INVALID, () => ended({ listOffset: 0x7fffffff })],
  ["two manifests", INVALID, () => extended({ name: "manifest.json", data: TEXT })],
  ["two files of names that differ in case", INVALID, () => extended({ name: "OUTPUT.raw", data: TEXT })],
  [
    "a file and a folder of one name",
    INVALID,
    () => extended({ name: "final.json/", data: Buffer.alloc(0) }),
  ],
  ["two cassettes", INVALID, () => extended({ name: "other/manifest.json", data: TEXT })],
  ["two entries at one place", INVALID, () => changed("output.raw", { offset: 0 })],
  [
    "an entry that reaches into the next",
    INVALID,
    () => changed("final.json", { size: 5000, compressed: 5000, local: {} }),
  ],
  ["an entry inside another", INVALID, () => changed("manifest.json", { compressed: 4000, size: 4000 })],
  ["an entry after the archive's end", INVALID, () => changed("final.json", { offset: 0x7fffffff })],
  ["an encrypted entry", INVALID, () => changed("final.json", { flags: 1 })],
  ["a strongly encrypted entry", INVALID, () => changed("final.json", { flags: 0x41 })],
  ["an entry with masked headers", INVALID, () => changed("final.json", { flags: 0x2000 })],
  [
    "an entry that only its own header calls encrypted",
    INVALID,
    () => changed("final.json", { local: { flags: 1 } }),
  ],
  ["a name that leads out", INVALID, () => extended({ name: "../evil", data: TEXT })],
  ["a name that leads out further in", INVALID, () => extended({ name: "a/../../evil", data: TEXT })],
  ["a name that leads out on Windows", INVALID, () => extended({ name: "..\\evil", data: TEXT })],
  ["an absolute name", INVALID, () => extended({ name: "/etc/evil", data: TEXT })],
  ["a name with a drive", INVALID, () => extended({ name: "C:evil", data: TEXT })],
  ["a name with a NUL", INVALID, () => extended({ name: "evil\0.json", data: TEXT })],
  ["a name that is not UTF-8", INVALID, () => extended({ name: new Uint8Array([0x66, 0xff]), data: TEXT })],
  ["an empty name", INVALID, () => extended({ name: "", data: TEXT })],
  ["a name of 60,000 bytes", INVALID, () => extended({ name: "n".repeat(60_000), data: TEXT })],
  [
    "another name in the entry's own header",
    INVALID,
    () => changed("final.json", { local: { name: "quota.json" } }),
  ],
  ["a symlink in place of a file", INVALID, () => changed("final.json", { attributes: SYMLINK })],
  ["a symlink beside the files", INVALID, () => extended({ name: "link", data: TEXT, attributes: SYMLINK })],
  ["a device", INVALID, () => extended({ name: "device", attributes: DEVICE })],
  ["a wrong checksum of a stored file", INVALID, () => changed("input.jsonl", { crc: 1 })],
  ["a wrong checksum of a deflated file", INVALID, () => changed("input.jsonl", { crc: 1 }, true)],
  ["another checksum in the entry's own header", INVALID, () => changed("final.json", { local: { crc: 1 } })],
  ["a size below the real one", INVALID, () => changed("manifest.json", { size: 20 }, true)],
  ["a size above the real one", INVALID, () => changed("manifest.json", { size: 20_000 }, true)],
  ["two sizes of a stored file", INVALID, () => changed("final.json", { size: 4 })],
  ["another size in the entry's own header", INVALID, () => changed("final.json", { local: { size: 4 } })],
  ["an unknown compression", INVALID, () => changed("final.json", { method: 12 })],
  ["data after the end of deflated data", INVALID, () => deflated((data) => [deflateRawSync(data), TEXT])],
  [
    "deflated data without an end",
    INVALID,
    () => deflated((data) => [deflateRawSync(data, { finishFlush: constants.Z_SYNC_FLUSH })]),
  ],
  ["data that is not deflated", INVALID, () => changed("manifest.json", { method: 8 })],
  ["a bomb of 4 GB", INVALID, () => withRaw({ ...bomb(16 * MIB), size: 0xfffffff0 })],
  [
    "a bomb of 1 TB by zip64",
    INVALID,
    () => withRaw({ ...bomb(16 * MIB), size: 0xffffffff, extra: zip64Extra(2n ** 40n) }),
  ],
  ["a bomb that says it is small", INVALID, () => withRaw({ ...bomb(512 * MIB), size: 2 * MIB })],
  ["a bomb that says it is tiny", INVALID, () => withRaw({ ...bomb(512 * MIB), size: 20 })],
  [
    "a manifest of 500 MB",
    "CASSETTE_LIMIT_EXCEEDED",
    () => changed("manifest.json", { stored: Buffer.alloc(4 * MIB), method: 8, size: 500 * MIB }),
  ],
  [
    "a file above the reader's limit",
    "CASSETTE_LIMIT_EXCEEDED",
    () =>
      changed("manifest.json", {
        stored: Buffer.alloc(100_000),
        method: 8,
        size: 16 * MIB + 1,
        crc: crc32(small),
      }),
  ],
  [
    "a list of a million entries",
    INVALID,
    () => extended(...Array.from({ length: 30_000 }, (_, n) => ({ name: `f${n}` }))),
  ],
  ["a zip64 record with another count", INVALID, () => zip64({ count: 3n })],
  ["a zip64 record elsewhere", INVALID, () => zip64({ says: 4n })],
  ["a zip64 record of a size that no file has", INVALID, () => zip64({ bytes: 2n ** 64n - 1n })],
  ["a zip64 record that disagrees with the last record", INVALID, () => zip64({}, 3)],
  ["a missing zip64 record", INVALID, () => ended({ count: 0xffff })],
  [
    "a missing zip64 field",
    INVALID,
    () => changed("final.json", { size: 0xffffffff, compressed: 0xffffffff }),
  ],
  [
    "a zip64 field of a size that no file has",
    INVALID,
    () => changed("final.json", { size: 0xffffffff, extra: zip64Extra(2n ** 64n - 1n) }),
  ],
  [
    "two zip64 fields",
    INVALID,
    () => changed("final.json", { extra: Buffer.concat([zip64Extra(1n), zip64Extra(2n)]) }),
  ],
  [
    "an extra field that is cut off",
    INVALID,
    () => changed("final.json", { extra: Buffer.from([1, 0, 200, 0, 1]) }),
  ],
];

/** The archives that the hostile ones are made from. */
export const SOUND_ARCHIVES: (() => Buffer)[] = [
  () => buildZip(sound()),
  () => buildZip(sound(true)),
  () => zip64({}),
];
