/** A digest of bytes that arrive in parts. */
export interface RunningDigest {
  update(bytes: Uint8Array): void;
  /** Lower-case hexadecimal; once only. */
  hex(): string;
}

/** SHA-256, with which a cassette is verified. The reader receives it: Node and browsers have it in different places. */
export interface Hashing {
  start(): RunningDigest;
  /** The digest of bytes in memory, lower-case hexadecimal. */
  hash(bytes: Uint8Array): string;
}
