import type { ArtifactFile, OutputRecord } from "@cassette/format";
import { artifactChanged } from "./file-errors.js";
import type { Hashing } from "./hashing.js";

const WINDOW = 256 * 1024;

/** Reads parts of `output.raw` on demand. */
export interface RawBytes {
  /** Bytes in the file. */
  readonly size: number;
  /** Any range of them. @throws CassetteError CASSETTE_ARTIFACT_CHANGED if the file became shorter. */
  range(offset: number, length: number): Promise<Uint8Array>;
  /** The bytes of a chunk. @throws CassetteError CASSETTE_ARTIFACT_CHANGED if they are no longer those recorded. */
  chunk(record: OutputRecord): Promise<Uint8Array>;
  /** All bytes, front to back. */
  all(): AsyncGenerator<Uint8Array, void>;
}

export function createRawBytes(file: ArtifactFile, { hash }: Hashing): RawBytes {
  // The window last read: neighbouring chunks are usually requested in order.
  let window: { start: number; bytes: Uint8Array } = { start: 0, bytes: new Uint8Array(0) };

  return {
    size: file.size,
    range: slice,
    async chunk({ offset, length, sha256 }) {
      if (offset < 0 || length < 0 || offset + length > file.size) {
        throw new RangeError("The record does not belong to this cassette.");
      }
      const bytes = await slice(offset, length);
      if (sha256 !== "" && hash(bytes) !== sha256) throw artifactChanged(file.path);
      return bytes;
    },
    async *all() {
      for (let at = 0; at < file.size; ) {
        const bytes = await read(at, Math.min(WINDOW, file.size - at));
        yield bytes;
        at += bytes.length;
      }
      await file.assertUnchanged();
    },
  };

  async function slice(offset: number, length: number): Promise<Uint8Array> {
    if (length > WINDOW) return read(offset, length);
    let held = window;
    if (offset < held.start || offset + length > held.start + held.bytes.length) {
      held = { start: offset, bytes: await read(offset, Math.min(WINDOW, file.size - offset)) };
      window = held;
    }
    return held.bytes.subarray(offset - held.start, offset - held.start + length);
  }

  async function read(position: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      const count = await file.read(bytes.subarray(filled), position + filled);
      if (count === 0) throw artifactChanged(file.path);
      filled += count;
    }
    return bytes;
  }
}
