import { join } from "node:path";
import { ARTIFACT, CassetteError, type Manifest } from "@cassette/format";
import { encodeManifest } from "@cassette/format/schema";
import { openDirectory } from "../reader/directory-source.js";
import type { ArtifactDigests } from "../reader/integrity.js";
import { nodeHashing } from "../reader/node-hashing.js";
import { openFiles } from "../reader/open-files.js";
import {
  checkIntegrity,
  type Evidence,
  readManifest,
  type Verified,
  verifyEvidence,
} from "../reader/verify.js";
import { writeFile } from "./documents.js";
import { encodeWithIntegrity } from "./encode-integrity.js";
import type { FileSystem } from "./file-system.js";
import type { SpoolWriter } from "./spool-writer.js";
import { UNLIMITED } from "./unlimited.js";
import { attempt } from "./write-error.js";

/** A cassette that lacks only its manifest. */
export interface DirectoryParts {
  fs: FileSystem;
  dir: string;
  /** The writer of everything else in it. */
  writer: SpoolWriter;
  manifest: Manifest;
  integrity: boolean;
}

/**
 * Reads everything again, as any reader will, and writes the manifest of what was found. While the files are read they are
 * also synced: the two wait for different things.
 * @returns what was verified, for a later reader of the directory.
 */
export async function completeDirectory(parts: DirectoryParts): Promise<Verified> {
  const { fs, dir, writer } = parts;
  const [{ digests, ...verified }] = await allSettled([readEvidence(parts, true), writer.sync()]);
  await writeManifest(parts, digests, true);
  await attempt(dir, () => fs.syncDirectory(dir));
  return { ...verified, ...(await verifyManifest(parts, digests)) };
}

/**
 * The same for a cassette that is sealed at once. It is as durable as a recording in progress, and the digests of its chunks are not
 * compared: that is done with the sealed one, which has them, too.
 */
export async function completeProvisionally(parts: DirectoryParts): Promise<Verified> {
  const { digests, ...verified } = await readEvidence(parts, false);
  await writeManifest(parts, digests, false);
  return { ...verified, ...(await verifyManifest(parts, digests)) };
}

async function writeManifest(
  parts: DirectoryParts,
  digests: ArtifactDigests,
  isDurable: boolean,
): Promise<void> {
  const { fs, dir } = parts;
  await writeFile(fs, join(dir, ARTIFACT.manifest), Buffer.from(encodeComplete(parts, digests)), isDurable);
}

/** Waits for both to end, so that no file is closed while the other uses it. @throws the error that came first. */
async function allSettled<A, B>(works: readonly [Promise<A>, Promise<B>]): Promise<[A, B]> {
  const errors: unknown[] = [];
  for (const work of works) work.catch((error: unknown) => errors.push(error));
  await Promise.allSettled(works);
  if (errors.length > 0) throw errors[0];
  return Promise.all(works);
}

/** Verifies the evidence on the disk, and that it is what was written. */
async function readEvidence({ dir, writer }: DirectoryParts, checksChunks: boolean): Promise<Evidence> {
  const files = await openFiles(openDirectory(dir), UNLIMITED, nodeHashing);
  try {
    const evidence = await verifyEvidence(files, UNLIMITED, { expectedDigest: null, checksChunks });
    for (const [name, { size, sha256 }] of writer.written()) {
      const found = evidence.digests.get(name);
      // The bytes of output.raw are covered by the digests of its chunks, which were computed while recording.
      const same = found?.size === size && (found.sha256 === sha256 || name === ARTIFACT.outputRaw);
      if (!same) throw writtenOtherwise(join(dir, name));
    }
    return evidence;
  } finally {
    await files.close();
  }
}

function encodeComplete({ manifest, integrity }: DirectoryParts, digests: ArtifactDigests): string {
  const sha256 = digests.get(ARTIFACT.outputRaw)?.sha256 ?? "";
  const complete = { ...manifest, content_digest: { sha256 } };
  return integrity ? encodeWithIntegrity(complete, digests, encodeManifest) : encodeManifest(complete);
}

async function verifyManifest(
  { dir, manifest, integrity }: DirectoryParts,
  digests: ArtifactDigests,
): Promise<Pick<Verified, "manifest" | "integrity">> {
  const files = await openFiles(openDirectory(dir), UNLIMITED, nodeHashing);
  try {
    const sha256 = digests.get(ARTIFACT.outputRaw)?.sha256;
    const read = await readManifest(files, { expect: { id: manifest.id, sha256 } });
    const demanded = integrity ? "required" : "if-present";
    return {
      manifest: read.manifest,
      integrity: checkIntegrity(files, read.manifest, read.bytes, digests, demanded),
    };
  } finally {
    await files.close();
  }
}

function writtenOtherwise(file: string): CassetteError {
  return new CassetteError("CASSETTE_ARTIFACT_CHANGED", "The file is not what was written to it.", {
    file,
    hint: "Something else writes into the spool, or the disk is failing.",
  });
}
