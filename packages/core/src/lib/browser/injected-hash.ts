import type { Hashing } from "../reader/hashing.js";

/** An incremental SHA-256, as hash libraries have it. */
export interface IncrementalHash {
  update(bytes: Uint8Array): unknown;
  /** All 32 bytes. */
  digest(): Uint8Array;
}

/** Starts a SHA-256. The one of browsers, `crypto.subtle.digest`, needs all bytes in memory at once. */
export type CreateHash = () => IncrementalHash;

/** The hash that the caller injected, as the reader uses it. */
export function hashingOf(createHash: CreateHash): Hashing {
  return {
    start() {
      const hash = createHash();
      return {
        update: (bytes) => void hash.update(bytes),
        hex: () => hexOf(hash.digest()),
      };
    },
    hash(bytes) {
      const hash = createHash();
      hash.update(bytes);
      return hexOf(hash.digest());
    },
  };
}

function hexOf(digest: Uint8Array): string {
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
