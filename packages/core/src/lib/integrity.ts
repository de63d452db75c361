import { hash } from "node:crypto";
import type { ArtifactName, FreeMap, JsonValue, Manifest } from "@cassette/format";
import { CassetteError } from "@cassette/format";

/** Size and digest of one file. */
export interface ArtifactDigest {
  size: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/** Size and digest of the files of a cassette, except the manifest. */
export type ArtifactDigests = ReadonlyMap<ArtifactName, ArtifactDigest>;

const UNSET = "0".repeat(64);
const ALGORITHM = "sha256";

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

/**
 * Checks a cassette against `manifest.optional.integrity`.
 * @returns false if the manifest has none.
 * @throws CassetteError CASSETTE_INTEGRITY_MISMATCH.
 */
export function verifyIntegrity(
  manifest: Manifest,
  manifestText: string,
  digests: ArtifactDigests,
  file: string,
): boolean {
  const integrity = manifest.optional?.integrity;
  if (integrity === undefined) return false;
  const refuse = (message: string): never => {
    throw new CassetteError("CASSETTE_INTEGRITY_MISMATCH", message, { file });
  };
  if (!isMap(integrity) || !isMap(integrity.artifacts) || integrity.algorithm !== ALGORITHM) {
    return refuse("manifest.optional.integrity is not understood.");
  }
  verifyManifestText(manifestText, String(integrity.manifest_sha256), refuse);
  verifyArtifacts(integrity.artifacts, digests, refuse);
  return true;
}

function verifyManifestText(text: string, stated: string, refuse: (message: string) => never): void {
  const zeroed = text.replace(stated, UNSET);
  if (hash(ALGORITHM, zeroed, "hex") !== stated) refuse("The manifest was changed.");
}

function verifyArtifacts(
  stated: FreeMap,
  digests: ArtifactDigests,
  refuse: (message: string) => never,
): void {
  for (const [name, { size, sha256 }] of digests) {
    const entry = Object.hasOwn(stated, name) ? stated[name] : undefined;
    if (!isMap(entry)) refuse(`${name} was added.`);
    else if (entry.size !== size || entry.sha256 !== sha256) refuse(`${name} was changed.`);
  }
  for (const name of Object.keys(stated)) {
    if (!digests.has(name as ArtifactName)) refuse("A file that the manifest lists was removed.");
  }
}

function isMap(value: JsonValue | undefined): value is FreeMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
