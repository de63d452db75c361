import { join } from "node:path";
import { ARTIFACT, type Manifest } from "@cassette/format";
import { encodeManifest, encodeScrubReport } from "@cassette/format/schema";
import { encodeWithIntegrity } from "../integrity.js";
import { openCassette } from "../reader/open-cassette.js";
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
    () => finishArtifacts(writer),
    () => writeManifest(parts),
    () => verifySpool(parts),
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

async function finishArtifacts({ documents, finish }: SpoolWriter): Promise<void> {
  if (!documents.has(ARTIFACT.scrubReport)) {
    documents.put(ARTIFACT.scrubReport, encodeScrubReport(UNSTATED_REPORT));
  }
  await finish();
}

async function writeManifest({ fs, spool, writer, manifest, integrity }: ClosingParts): Promise<void> {
  const digests = writer.digests();
  const sha256 = digests.get(ARTIFACT.outputRaw)?.sha256 ?? "";
  const complete = { ...manifest, content_digest: { sha256 } };
  const text = integrity ? encodeWithIntegrity(complete, digests, encodeManifest) : encodeManifest(complete);
  const path = join(spool.cassette, ARTIFACT.manifest);
  await writeDocument(fs, path, Buffer.from(text));
  await attempt(spool.cassette, () => fs.syncDirectory(spool.cassette));
}

/** Reads everything again, as any reader will. */
async function verifySpool({ spool, manifest, integrity }: ClosingParts): Promise<void> {
  const cassette = await openCassette(spool.cassette, {
    expect: { id: manifest.id },
    integrity: integrity ? "required" : "if-present",
    limits: OWN_LIMITS,
  });
  await cassette.close();
}
