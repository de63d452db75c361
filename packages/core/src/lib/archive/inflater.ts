/** Inflation and CRC-32, with which an archive is read. The reader receives it: Node and browsers have it in different places. */
export interface Inflater {
  /** CRC-32 of bytes, continued from that of those before them; 0 at first. */
  crc32(bytes: Uint8Array, before: number): number;
  /** Inflates data in memory; null if it is malformed, does not end with its last byte, or grows to more than `maxBytes`. */
  inflateAll(compressed: Uint8Array, maxBytes: number): Promise<Uint8Array | null>;
  /** Inflates data in order. The pieces end with an error if the data is malformed or does not end with its last byte. */
  inflate(compressed: AsyncIterable<Uint8Array>, compressedBytes: number): Inflating;
}

/** Data that is being inflated. */
export interface Inflating {
  pieces: AsyncIterator<Uint8Array>;
  /** Releases what it holds; its pieces are not read after that. */
  stop(): void;
}
