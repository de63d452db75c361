import { join } from "node:path";
import { ARTIFACT, CassetteError, type Manifest } from "@cassette/format";
import { encodeManifest, encodeScrubReport } from "@cassette/format/schema";
import { type ArtifactDigests, encodeWithIntegrity } from "../integrity.js";
import { openFiles } from "../reader/open-files.js";
import { checkIntegrity, readManifest, verifyEvidence } from "../reader/verify.js";
import { renameIntoPlace, syncRenames } from "./commit.js";
import { writeDocument } from "./documents.js";
import type { FileSystem } from "./file-system.js";
import type { SpoolPaths } from "./spool.js";
import type { SpoolWriter } from "./spool-writer.js";
import { attempt } from "./write-error.js";

/** What closing needs. */
export interface ClosingParts {
  fs: FileSystem;
  spool: SpoolPaths;
  writer: SpoolWriter;
  target: string;
  manifest: Manifest;
  overwrite: boolean;
  integrity: boolean;
}

/** As the Go writer has it when it was told nothing. */
const UNSTATED_REPORT = { status: "clean", rules: null, hit_counts: {} };
/** One's own recording may be as large as it has become. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;
const OWN_LIMITS = { fileBytes: NO_LIMIT, lineBytes: 2 ** 29, jsonBytes: 2 ** 29, events: NO_LIMIT };

/** Turns a spool into a cassette, step by step. A step that failed is where the next call goes on. */
export function createClosing(parts: ClosingParts): () => Promise<void> {
  const { fs, spool, writer, target, overwrite } = parts;
  const steps = [
    () => writeOut(writer),
    () => sealManifest(parts),
    () => renameIntoPlace(fs, spool, target, overwrite),
    () => syncRenames(fs, spool, target),
    () => writer.close(),
    () => attempt(spool.root, () => fs.remove(spool.root)),
  ];
  let done = 0;
  return async () => {
    for (const step of steps.slice(done)) {
      await step();
      done++;
    }
  };
}

async function writeOut({ documents, flush }: SpoolWriter): Promise<void> {
  if (!documents.has(ARTIFACT.scrubReport)) {
    documents.put(ARTIFACT.scrubReport, encodeScrubReport(UNSTATED_REPORT));
  }
  await flush();
}

/**
 * Reads everything again, as any reader will, and writes the manifest of what was found. While the files are read they are
 * also synced: the two wait for different things.
 */
async function sealManifest(parts: ClosingParts): Promise<void> {
  const { fs, spool, writer } = parts;
  const synced = writer.sync();
  const [evidence] = await Promise.allSettled([readEvidence(parts), synced]);
  await synced;
  if (evidence.status === "rejected") throw evidence.reason;
  const digests = evidence.value;
  const path = join(spool.cassette, ARTIFACT.manifest);
  await writeDocument(fs, path, Buffer.from(encodeSealed(parts, digests)));
  await attempt(spool.cassette, () => fs.syncDirectory(spool.cassette));
  await verifyManifest(parts, digests);
}

/** Verifies the evidence on the disk, and that it is what was written. */
async function readEvidence({ spool, writer }: ClosingParts): Promise<ArtifactDigests> {
  const files = await openFiles(spool.cassette, OWN_LIMITS);
  try {
    const { digests } = await verifyEvidence(files, OWN_LIMITS, null);
    for (const [name, { size, sha256 }] of writer.written()) {
      const found = digests.get(name);
      // The bytes of output.raw are vouched for by the digests of its chunks, which were taken when they were recorded.
      const same = found?.size === size && (found.sha256 === sha256 || name === ARTIFACT.outputRaw);
      if (!same) throw writtenOtherwise(join(spool.cassette, name));
    }
    return digests;
  } finally {
    await files.close();
  }
}

function encodeSealed({ manifest, integrity }: ClosingParts, digests: ArtifactDigests): string {
  const sha256 = digests.get(ARTIFACT.outputRaw)?.sha256 ?? "";
  const sealed = { ...manifest, content_digest: { sha256 } };
  return integrity ? encodeWithIntegrity(sealed, digests, encodeManifest) : encodeManifest(sealed);
}

async function verifyManifest(
  { spool, manifest, integrity }: ClosingParts,
  digests: ArtifactDigests,
): Promise<void> {
  const files = await openFiles(spool.cassette, OWN_LIMITS);
  try {
    const sha256 = digests.get(ARTIFACT.outputRaw)?.sha256;
    const read = await readManifest(files, { expect: { id: manifest.id, sha256 } });
    checkIntegrity(files, read.manifest, read.bytes, digests, integrity ? "required" : "if-present");
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
