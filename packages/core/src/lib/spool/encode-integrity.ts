import { hash } from "node:crypto";
import type { FreeMap, Manifest } from "@cassette/format";
import { ALGORITHM, type ArtifactDigests, UNSET } from "../reader/integrity.js";

/**
 * Encodes a manifest with the digests of every other artifact and of itself: its own digest is computed with 64 zeros in
 * its place.
 */
export function encodeWithIntegrity(
  manifest: Manifest,
  digests: ArtifactDigests,
  encode: (manifest: Manifest) => string,
): string {
  const artifacts: FreeMap = Object.fromEntries(
    [...digests].map(([name, { size, sha256 }]) => [name, { size, sha256 }]),
  );
  const integrity = { algorithm: ALGORITHM, artifacts, manifest_sha256: UNSET };
  const text = encode({ ...manifest, optional: { ...manifest.optional, integrity } });
  const at = text.lastIndexOf(UNSET);
  return text.slice(0, at) + hash(ALGORITHM, text, "hex") + text.slice(at + UNSET.length);
}
