import { displayUrl } from "./archive-url.js";
import { downloadFailed } from "./download-failed.js";

/** Slower than this a server counts as one that does not answer. */
const SLOWEST_BYTES_PER_MS = 16;

/** Aborts when an answer of that many bytes takes too long. */
export function deadlineOf(timeoutMs: number, maxBytes: number): AbortSignal {
  return AbortSignal.timeout(timeoutMs + Math.ceil(maxBytes / SLOWEST_BYTES_PER_MS));
}

/** Reads an answer, which is left as soon as it is longer than `maxBytes`. @throws CassetteError CASSETTE_DOWNLOAD_FAILED. */
export async function readBody(
  pieces: AsyncIterable<Uint8Array>,
  url: URL,
  maxBytes: number,
): Promise<Uint8Array> {
  const body = new Uint8Array(maxBytes);
  let length = 0;
  for await (const piece of pieces) {
    if (piece.length > maxBytes - length)
      throw downloadFailed(displayUrl(url), "The server sends more than it was asked for.");
    body.set(piece, length);
    length += piece.length;
  }
  return body.subarray(0, length);
}
