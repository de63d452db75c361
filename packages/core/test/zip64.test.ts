import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import yauzl from "yauzl";
import { readEntries } from "../src/lib/archive/entries.js";
import { locateData } from "../src/lib/archive/entry-data.js";
import { METHOD } from "../src/lib/archive/zip-records.js";
import {
  encodeDescriptor,
  encodeDirectory,
  encodeLocalHeader,
  type WrittenEntry,
} from "../src/lib/archive/zip-writer.js";
import { openFile } from "../src/lib/reader/artifact-file.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const GIB = 1024 ** 3;

/** Writes an archive whose data is a hole on the disk. */
function writeHoles(path: string, sizes: readonly number[], hasDescriptor: boolean): WrittenEntry[] {
  const file = openSync(path, "w");
  const entries: WrittenEntry[] = [];
  let at = 0;
  for (const [n, bytes] of sizes.entries()) {
    const entry: WrittenEntry = {
      name: `file-${n}`,
      method: METHOD.stored,
      crc32: crc32(Buffer.alloc(0)),
      compressedBytes: bytes,
      bytes,
      offset: at,
      hasDescriptor,
      isLarge: bytes > 3.9 * GIB,
    };
    entries.push(entry);
    at += writeSync(file, encodeLocalHeader(entry), 0, undefined, at) + bytes;
    if (hasDescriptor) at += writeSync(file, encodeDescriptor(entry), 0, undefined, at);
  }
  writeSync(file, encodeDirectory(entries, at), 0, undefined, at);
  closeSync(file);
  return entries;
}

/** Names and sizes that another reader finds. */
function listByYauzl(path: string): Promise<[string, number, number][]> {
  return new Promise((resolve, reject) =>
    yauzl.open(path, (error, zip) => {
      if (error) return reject(error);
      const found: [string, number, number][] = [];
      zip.on("error", reject).on("end", () => resolve(found));
      zip.on("entry", (entry: yauzl.Entry) =>
        found.push([entry.fileName, entry.uncompressedSize, entry.relativeOffsetOfLocalHeader]),
      );
    }),
  );
}

describe("archives of more than 4 GiB", () => {
  it.each([
    ["one file of 5 GiB", [5 * GIB, 10]],
    ["files that are larger together", [2 * GIB, 2 * GIB, 2 * GIB, 3]],
  ])("are read by this reader and by yauzl: %s", async (_what, sizes) => {
    for (const hasDescriptor of [false, true]) {
      const path = join(temporaryDirectory(), "large.zip");
      const written = writeHoles(path, sizes, hasDescriptor);
      const archive = await openFile(path, Number.MAX_SAFE_INTEGER);
      if (archive === null) throw new Error("there is no archive");
      const entries = await readEntries(archive);
      for (const entry of entries) await locateData(archive, entry);
      await archive.close();
      const expected = written.map(({ name, bytes, offset }) => [name, bytes, offset]);
      expect(entries.map(({ name, bytes, offset }) => [name, bytes, offset])).toEqual(expected);
      expect(await listByYauzl(path)).toEqual(expected);
      const file = openSync(path, "r+");
      ftruncateSync(file, 0);
      closeSync(file);
    }
  });
});
