import type { ByteReader } from "../source/byte-reader.js";
import type { LossTally } from "./losses.js";

/** Takes the bytes of an event; null where the source has ended before the first. Missing ones are counted. */
export async function takeEventBytes(
  reader: ByteReader,
  count: number,
  losses: LossTally,
): Promise<Uint8Array | null> {
  const bytes = await reader.take(count);
  if (bytes.length < count) losses.add("truncated-end", count - bytes.length);
  return bytes.length === 0 && count > 0 ? null : bytes;
}
