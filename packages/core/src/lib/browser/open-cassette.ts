import type { ArtifactSource } from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import { withDefaultLimits } from "../reader/limits.js";
import type { OpenOptions } from "../reader/open-cassette.js";
import { openSource } from "../reader/open-source.js";
import { type CreateHash, hashingOf } from "./injected-hash.js";

/** What a caller requires of a cassette, and the hash with which it is verified. */
export interface BrowserOpenOptions extends OpenOptions {
  /** Starts a SHA-256, for example `sha256.create` of `@noble/hashes/sha2.js`. */
  createHash: CreateHash;
}

/**
 * Opens a cassette after checking all of it: every line, the order of all records, every digest, as in Node.
 * @param source is closed with the cassette.
 * @throws CassetteError for the first problem, with the file and line if there is one; `signal.reason` when aborted.
 */
export async function openCassette(source: ArtifactSource, options: BrowserOpenOptions): Promise<Cassette> {
  const { createHash, limits, ...requirements } = options;
  requirements.signal?.throwIfAborted();
  return openSource(source, requirements, withDefaultLimits(limits), hashingOf(createHash));
}
