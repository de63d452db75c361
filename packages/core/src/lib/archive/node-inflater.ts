import { pipeline, Readable } from "node:stream";
import { crc32, createInflateRaw, type InflateRaw, inflateRaw } from "node:zlib";
import type { Inflater } from "./inflater.js";

const PIECE = 256 * 1024;

/** zlib of Node. */
export const nodeInflater: Inflater = {
  crc32: (bytes, before) => crc32(bytes, before),
  inflateAll(compressed, maxBytes) {
    // Room for one byte more shows that there is more.
    const options = { maxOutputLength: maxBytes + 1, info: true };
    return new Promise((resolve) =>
      inflateRaw(compressed, options, (error, result) => {
        if (error) return resolve(null);
        const { buffer, engine } = result as unknown as { buffer: Buffer; engine: InflateRaw };
        // What follows the end of the data is ignored by zlib.
        resolve(engine.bytesWritten === compressed.length && buffer.length <= maxBytes ? buffer : null);
      }),
    );
  },
  inflate(compressed, compressedBytes) {
    const inflater = createInflateRaw({ chunkSize: PIECE });
    // Errors arrive where the pieces are read.
    pipeline(Readable.from(compressed), inflater, () => undefined);
    return { pieces: piecesOf(inflater, compressedBytes), stop: () => void inflater.destroy() };
  },
};

async function* piecesOf(inflater: InflateRaw, compressedBytes: number): AsyncGenerator<Uint8Array> {
  yield* inflater;
  if (inflater.bytesWritten !== compressedBytes) throw new RangeError("The data ends before its last byte.");
}
