import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import { archiveOf } from "./hostile-servers.js";

/** Writes a sound archive with a large file that no cassette has, a hole on the disk. */
export function writeSparseArchive(path: string, bytes: number): void {
  const plain = archiveOf(0);
  const listOffset = plain.readUInt32LE(plain.length - 6);
  const large = archiveOf(0, { compressed: bytes, size: bytes }, listOffset + bytes);
  writeFileSync(path, large.subarray(0, listOffset));
  const file = openSync(path, "r+");
  writeSync(file, large.subarray(listOffset), 0, undefined, listOffset + bytes);
  closeSync(file);
}
