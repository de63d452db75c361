import type { ArtifactName, FreeMap, JsonValue, Manifest } from "@cassette/format";
import { CassetteError } from "@cassette/format";
import type { Hashing } from "./hashing.js";

/** Size and digest of one file. */
export interface ArtifactDigest {
  size: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/** Size and digest of the files of a cassette, except the manifest. */
export type ArtifactDigests = ReadonlyMap<ArtifactName, ArtifactDigest>;

/** What the digest of the manifest is while it is computed. */
export const UNSET = "0".repeat(64);
export const ALGORITHM = "sha256";
const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** A manifest as it was read. */
export interface ReadManifest {
  manifest: Manifest;
  bytes: Uint8Array;
  file: string;
}

/**
 * Checks a cassette against `manifest.optional.integrity`.
 * @returns false if the manifest has none.
 * @throws CassetteError CASSETTE_INTEGRITY_MISMATCH.
 */
export function verifyIntegrity(
  { manifest, bytes, file }: ReadManifest,
  digests: ArtifactDigests,
  hashing: Hashing,
): boolean {
  const integrity = manifest.optional?.integrity;
  if (integrity === undefined) return false;
  const refuse = (message: string): never => {
    throw new CassetteError("CASSETTE_INTEGRITY_MISMATCH", message, { file });
  };
  if (!isMap(integrity) || !isMap(integrity.artifacts) || integrity.algorithm !== ALGORITHM) {
    return refuse("manifest.optional.integrity is not understood.");
  }
  if (!isManifestDigest(bytes, String(integrity.manifest_sha256), hashing))
    refuse("The manifest was changed.");
  verifyArtifacts(integrity.artifacts, digests, refuse);
  return true;
}

function isManifestDigest(bytes: Uint8Array, stated: string, { hash }: Hashing): boolean {
  const zeroed = UTF8.decode(bytes).replace(stated, UNSET);
  return hash(new TextEncoder().encode(zeroed)) === stated;
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
