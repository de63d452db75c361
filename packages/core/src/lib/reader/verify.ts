import type { ArtifactFile } from "@cassette/format";
import {
  ARTIFACT,
  type ArtifactName,
  CassetteError,
  DOCUMENTS,
  type DocumentName,
  type DocumentTypes,
  documentNames,
  type FoundDocuments,
  type Manifest,
  REQUIRED_ARTIFACTS,
} from "@cassette/format";
import { parseArtifact, readArtifact } from "./artifact-text.js";
import { type Binding, checkBinding } from "./binding.js";
import type { Hashing } from "./hashing.js";
import { type ArtifactDigest, type ArtifactDigests, verifyIntegrity } from "./integrity.js";
import type { ReaderLimits } from "./limits.js";
import { createLineCheckpoints, type LineCheckpoints } from "./line-checkpoints.js";
import { checkCount, openLines, type Scan } from "./line-scan.js";
import { locateRecord } from "./locate-record.js";
import type { CassetteFiles } from "./open-files.js";
import { LINE_ARTIFACTS, LINE_KINDS, LINE_PARSERS, type LineKind } from "./record-kinds.js";
import { createTimeline, orderError } from "./timeline.js";
import { verifyOutput } from "./verify-output.js";

/** What a caller requires of a cassette beyond the format. */
export interface Requirements {
  expect?: Binding;
  emulator?: { name: string; version: string };
  integrity?: "if-present" | "required";
  signal?: AbortSignal;
}

/** The result of verifying. */
export interface Verified extends Omit<Evidence, "digests"> {
  manifest: Manifest;
  integrity: "verified" | "absent";
}

/** The documents that the manifest is not one of. */
type EvidenceDocuments = FoundDocuments & Pick<DocumentTypes, "final" | "scrubReport">;

/** Everything but the manifest, verified. */
export interface Evidence extends EvidenceDocuments {
  /** Records of each kind. */
  counts: Record<LineKind, number>;
  /** Of every artifact but the manifest. */
  digests: ArtifactDigests;
  /** Places at which to start reading again. */
  marks: LineCheckpoints;
}

const EVIDENCE_DOCUMENTS = documentNames.filter((name) => name !== "manifest");

/** A line of 18 bytes is the shortest that could be a record. */
const SHORTEST_RECORD = 18;

/** Checks everything docs/format-v1.md lists, in its order: of several errors, the first in that order is reported. */
export async function verifyFiles(
  files: CassetteFiles,
  requirements: Requirements,
  limits: ReaderLimits,
): Promise<Verified> {
  const { manifest, bytes } = await readManifest(files, requirements);
  for (const name of REQUIRED_ARTIFACTS) files.get(name);
  const { sha256 } = manifest.content_digest;
  const { signal } = requirements;
  const { digests, ...evidence } = await verifyEvidence(files, limits, { expectedDigest: sha256, signal });
  const integrity = checkIntegrity(files, manifest, bytes, digests, requirements.integrity);
  return { manifest, ...evidence, integrity };
}

/** Reads the manifest and checks that it is the one the caller requires. */
export async function readManifest(
  files: CassetteFiles,
  { expect, emulator }: Requirements,
): Promise<{ manifest: Manifest; bytes: Uint8Array }> {
  const file = files.get(ARTIFACT.manifest);
  const bytes = await readArtifact(file);
  const manifest = parseArtifact(file, bytes, "manifest");
  checkBinding(manifest, file.path, expect, emulator);
  return { manifest, bytes };
}

/** Checks `manifest.optional.integrity`, if it is present. */
export function checkIntegrity(
  files: CassetteFiles,
  manifest: Manifest,
  bytes: Uint8Array,
  digests: ArtifactDigests,
  demanded: Requirements["integrity"],
): "verified" | "absent" {
  const file = files.get(ARTIFACT.manifest).path;
  if (verifyIntegrity({ manifest, bytes, file }, digests, files.hashing)) return "verified";
  if (demanded !== "required") return "absent";
  throw new CassetteError("CASSETTE_INTEGRITY_MISSING", "The manifest has no optional.integrity.", { file });
}

/** How evidence is verified. */
export interface EvidenceChecks {
  /** Digest of `output.raw`; null accepts any. */
  expectedDigest: string | null;
  /** Whether each chunk is compared with its digest. Default: true. */
  checksChunks?: boolean;
  signal?: AbortSignal;
}

/** Checks everything but the manifest. */
export async function verifyEvidence(
  files: CassetteFiles,
  limits: ReaderLimits,
  { expectedDigest, checksChunks = true, signal }: EvidenceChecks,
): Promise<Evidence> {
  const digests = new Map<ArtifactName, ArtifactDigest>();
  const timeline = createTimeline(maxRecords(files, limits));
  const marks = createLineCheckpoints();
  const scan = { files, limits, timeline, digests, marks, checksChunks, signal };
  const output = await verifyOutput(scan, expectedDigest);
  const counts = { input: 0, output: output.count, frame: 0, "service-event": 0 };
  for (const kind of LINE_KINDS) {
    if (kind !== "output") counts[kind] = await scanLines(scan, kind);
    else if (output.lineError) throw output.lineError;
  }
  const documents = await readDocuments(files, digests);
  const { seq, t_ms } = documents.final;
  timeline.add(seq, t_ms, 0, { file: files.get(ARTIFACT.final).path });

  const problem = timeline.problem();
  if (problem) {
    throw orderError(problem, problem.place ?? (await locateRecord(files, limits, problem.seq, seq)));
  }
  if (output.chunkError) throw output.chunkError;
  await files.assertUnchanged();
  return { ...documents, counts, digests, marks };
}

async function scanLines(scan: Scan, kind: LineKind): Promise<number> {
  const { cursor, done } = openLines(scan, kind);
  const parse = LINE_PARSERS[kind];
  let count = 0;
  let previousSeq = 0;
  while (await cursor.fill()) {
    scan.signal?.throwIfAborted();
    while (cursor.advance()) {
      const { seq, t_ms } = parse(cursor);
      scan.timeline.add(seq, t_ms, previousSeq, { file: cursor.path, line: cursor.line });
      scan.marks[kind].offer(seq, cursor.offset);
      previousSeq = seq;
      count++;
      checkCount(scan, cursor);
    }
  }
  done();
  return count;
}

async function readDocuments(
  files: CassetteFiles,
  digests: Map<ArtifactName, ArtifactDigest>,
): Promise<EvidenceDocuments> {
  const found: Partial<Record<DocumentName, unknown>> = {};
  for (const name of EVIDENCE_DOCUMENTS) {
    const file = files.find(DOCUMENTS[name].file);
    found[name] = file && (await readDocument(file, name, files.hashing, digests));
  }
  return found as EvidenceDocuments;
}

async function readDocument(
  file: ArtifactFile,
  name: DocumentName,
  { hash }: Hashing,
  digests: Map<ArtifactName, ArtifactDigest>,
): Promise<unknown> {
  const bytes = await readArtifact(file);
  digests.set(file.name, { size: bytes.length, sha256: hash(bytes) });
  return parseArtifact(file, bytes, name);
}

/** Files of that size cannot hold more records than this. */
function maxRecords(files: CassetteFiles, limits: ReaderLimits): number {
  const bytes = LINE_KINDS.reduce((sum, kind) => sum + files.get(LINE_ARTIFACTS[kind]).size, 0);
  return Math.min(limits.events, Math.ceil(bytes / SHORTEST_RECORD) + 1);
}
