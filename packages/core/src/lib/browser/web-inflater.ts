import type { Inflater, Inflating } from "../archive/inflater.js";
import { crc32 } from "./crc32.js";

/** `DecompressionStream` of browsers, for which bytes after the end of the data, and an end too early, are errors. */
export const webInflater: Inflater = {
  crc32,
  inflate,
  async inflateAll(compressed, maxBytes) {
    const { pieces, stop } = inflate(once(compressed));
    const bytes = new Uint8Array(maxBytes);
    let length = 0;
    try {
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
        if (next.value.length > maxBytes - length) return null;
        bytes.set(next.value, length);
        length += next.value.length;
      }
      return bytes.subarray(0, length);
    } catch {
      return null;
    } finally {
      stop();
    }
  },
};

function inflate(compressed: AsyncIterable<Uint8Array>): Inflating {
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const reader = readable.getReader();
  void feed(compressed, writable.getWriter());
  return {
    pieces: {
      async next() {
        const { done, value } = await reader.read();
        return done ? { done, value: undefined } : { done: false, value };
      },
    },
    stop: () => void reader.cancel().catch(() => undefined),
  };
}

/** Writes the data until the inflater refuses it or is stopped. Errors arrive where the pieces are read. */
async function feed(
  compressed: AsyncIterable<Uint8Array>,
  writer: WritableStreamDefaultWriter,
): Promise<void> {
  // That it was refused is known from the write; until then it must not count as unhandled.
  writer.closed.catch(() => undefined);
  try {
    for await (const piece of compressed) await writer.write(piece);
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
