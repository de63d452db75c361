import type { ReadableBytes } from "@cassette/format";
import { archiveInvalid } from "./archive-invalid.js";

/** Reads a range of an archive. @throws CassetteError CASSETTE_ARCHIVE_INVALID if it ends before. */
export async function readExactly(archive: ReadableBytes, position: number, length: number): Promise<Buffer> {
  if (position < 0 || position + length > archive.size)
    throw archiveInvalid(archive.path, "The archive is cut off.", position);
  const bytes = Buffer.allocUnsafe(length);
  for (let filled = 0; filled < length; ) {
    const read = await archive.read(bytes.subarray(filled), position + filled);
    if (read === 0) throw archiveInvalid(archive.path, "The archive is cut off.", position + filled);
    filled += read;
  }
  return bytes;
}
