import type { ReadableBytes } from "@cassette/format";
import { archiveInvalid } from "./archive-invalid.js";

/** Reads a range of an archive. @throws CassetteError CASSETTE_ARCHIVE_INVALID if it ends before. */
export async function readExactly(
  archive: ReadableBytes,
  position: number,
  length: number,
): Promise<Uint8Array> {
  if (position < 0 || position + length > archive.size) throw cutOff(archive, position);
  return readInto(new Uint8Array(length), archive, position);
}

/** Reads as many bytes as `target` has. @throws CassetteError CASSETTE_ARCHIVE_INVALID if the archive ends before. */
export async function readInto(
  target: Uint8Array,
  archive: ReadableBytes,
  position: number,
): Promise<Uint8Array> {
  for (let filled = 0; filled < target.length; ) {
    const read = await archive.read(target.subarray(filled), position + filled);
    if (read === 0) throw cutOff(archive, position + filled);
    filled += read;
  }
  return target;
}

function cutOff(archive: ReadableBytes, byteOffset: number): Error {
  return archiveInvalid(archive.path, "The archive is cut off.", byteOffset);
}
