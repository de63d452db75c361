import type { ArtifactFile } from "@cassette/format";
import type { Hashing } from "./hashing.js";

/**
 * Reads `output.raw` once from front to back, with read-ahead of one block, and computes
 * the digest of the whole file.
 */
export interface ByteStream {
  /** With which its parts are verified. */
  readonly hashing: Hashing;
  /** The current block: bytes of the file from `blockStart` up to `blockEnd`. */
  readonly block: Uint8Array;
  readonly blockStart: number;
  readonly blockEnd: number;
  /** Steps to the next block; false at the end of the file. */
  next(): Promise<boolean>;
  /** Reads the rest. @returns the digest of the whole file, lower-case hexadecimal. */
  finish(): Promise<string>;
}

const BLOCK = 1024 * 1024;

export function createByteStream(file: ArtifactFile, hashing: Hashing): ByteStream {
  const digest = hashing.start();
  const size = Math.max(1, Math.min(BLOCK, file.size));
  let current = new Uint8Array(size);
  let coming = new Uint8Array(size);
  let ahead: Promise<number> | null = null;

  const stream = {
    hashing,
    block: current.subarray(0, 0),
    blockStart: 0,
    blockEnd: 0,
    async next() {
      const read = await (ahead ?? file.read(coming, 0));
      [current, coming] = [coming, current];
      stream.block = current.subarray(0, read);
      stream.blockStart = stream.blockEnd;
      stream.blockEnd += read;
      ahead = null;
      if (read === 0) return false;
      ahead = file.read(coming, stream.blockEnd);
      // The awaiting caller receives the error; until then it must not count as unhandled.
      ahead.catch(() => undefined);
      digest.update(stream.block);
      return true;
    },
    async finish() {
      while (await stream.next());
      return digest.hex();
    },
  };
  return stream;
}
