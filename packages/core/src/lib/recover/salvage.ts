import { readdir } from "node:fs/promises";
import { ARTIFACT, type ArtifactName, type FinalRecord, type FreeMap } from "@cassette/format";
import {
  encodeDiscovery,
  encodeFinalRecord,
  encodeQuota,
  encodeScrubReport,
  parseDiscovery,
  parseFinalRecord,
  parseQuota,
  parseScrubReport,
} from "@cassette/format/schema";
import { type ArtifactFile, openArtifact } from "../reader/artifact-file.js";
import { parseArtifact, readArtifact } from "../reader/artifact-text.js";
import { createRawBytes, type RawBytes } from "../reader/raw-bytes.js";
import { LINE_KINDS } from "../reader/record-kinds.js";
import { GIT_ATTRIBUTES } from "../recorder/git-attributes.js";
import type { SpoolWriter } from "../recorder/spool-writer.js";
import { NOT_RUN } from "../seal/unscrubbed.js";
import { type CopiedRecords, copyRecords } from "./copy-records.js";
import { createTornLines, type TornLines } from "./torn-lines.js";

/** What was saved of an interrupted recording, and what was not. */
export interface Salvage {
  /** The recording had not come to its end, or is not whole. */
  interrupted: boolean;
  /** Records that are missing: unreadable lines, and numbers without a line. */
  missing: number;
  /** Bytes of output that no readable record described; they are kept, as chunks of their own. */
  undescribed: number;
  /** Files that could not be read, or that are no part of a cassette. */
  lost: string[];
  /** Whether every byte of the recording is in the cassette. */
  complete: boolean;
}

/** A damaged spool may have any number of them; so many are listed in the final record. */
const MOST_RANGES = 100;
const NO_LIMIT = Number.MAX_SAFE_INTEGER;
const NO_OUTPUT: RawBytes = {
  size: 0,
  range: async () => new Uint8Array(0),
  chunk: async () => new Uint8Array(0),
  async *all() {},
};

/** Copies all records and all output from the directory `from`, and makes an end for them. */
export async function salvage(from: string, writer: SpoolWriter): Promise<Salvage> {
  const opened: ArtifactFile[] = [];
  const open = async (name: ArtifactName) => {
    const file = await openArtifact(from, name, NO_LIMIT);
    if (file) opened.push(file);
    return file;
  };
  const lanes: TornLines[] = [];
  try {
    const rawFile = await open(ARTIFACT.outputRaw);
    for (const kind of LINE_KINDS) {
      const lane = await createTornLines(kind, from);
      if (lane) lanes.push(lane);
    }
    const copied = await copyRecords(lanes, rawFile ? createRawBytes(rawFile) : NO_OUTPUT, writer);
    const strange = await strangersIn(from);
    return await copyDocuments({ open, writer, copied, strange });
  } finally {
    for (const file of [...opened, ...lanes]) await file.close();
  }
}

/** Names in a directory that no cassette has. */
async function strangersIn(dir: string): Promise<string[]> {
  const known: ReadonlySet<string> = new Set([...Object.values(ARTIFACT), GIT_ATTRIBUTES]);
  return (await readdir(dir)).filter((name) => !known.has(name));
}

interface DocumentParts {
  open(name: ArtifactName): Promise<ArtifactFile | null>;
  writer: SpoolWriter;
  copied: CopiedRecords;
  strange: readonly string[];
}

async function copyDocuments({ open, writer, copied, strange }: DocumentParts): Promise<Salvage> {
  const lost = [...strange];
  const read = async <T>(name: ArtifactName, parse: (text: string, where: { file: string }) => T) => {
    const file = await open(name);
    if (!file) return null;
    try {
      return parseArtifact(file, await readArtifact(file), parse);
    } catch {
      lost.push(name);
      return null;
    }
  };
  const final = await read(ARTIFACT.final, parseFinalRecord);
  const report = await read(ARTIFACT.scrubReport, parseScrubReport);
  const quota = await read(ARTIFACT.quota, parseQuota);
  const discovery = await read(ARTIFACT.discovery, parseDiscovery);

  const { records, missing, undescribed, unreadable } = copied;
  const whole = final?.seq === records + 1 && missing === 0 && undescribed.length === 0;
  const end = whole ? final : interruptedEnd(final, copied);
  writer.documents.put(ARTIFACT.final, encodeFinalRecord(end));
  writer.documents.put(ARTIFACT.scrubReport, encodeScrubReport(whole && report ? report : NOT_RUN));
  if (quota) writer.documents.put(ARTIFACT.quota, encodeQuota(quota));
  if (discovery) writer.documents.put(ARTIFACT.discovery, encodeDiscovery(discovery));
  return {
    interrupted: !whole,
    missing,
    undescribed: undescribed.reduce((sum, { bytes }) => sum + bytes, 0),
    lost,
    complete: unreadable === 0 && lost.length === 0,
  };
}

/** The end of a recording whose true end is not known, or whose records before it are not all there. */
function interruptedEnd(final: FinalRecord | null, copied: CopiedRecords): FinalRecord {
  const t_ms = Math.max(copied.t_ms, final?.t_ms ?? 0);
  const marks: FreeMap = {
    interrupted: true,
    ...(copied.missing > 0 && { missing_records: copied.missing }),
    ...(copied.undescribed.length > 0 && { undescribed_output: copied.undescribed.slice(0, MOST_RANGES) }),
  };
  const metadata = { ...final?.metadata, ...marks };
  return { duration_ms: t_ms, ...final, seq: copied.records + 1, t_ms, metadata };
}
