import { ARTIFACT, type ArtifactName, type FinalRecord, type OutputRecord } from "@cassette/format";
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
import type { SpoolWriter } from "../recorder/spool-writer.js";
import { NOT_RUN } from "../seal/unscrubbed.js";
import { createTornLines, type TornLines } from "./torn-lines.js";

/** What was saved of an interrupted recording, and what was not. */
export interface Salvage {
  /** The recording had not come to its end. */
  interrupted: boolean;
  /** What had to be cut off: records that were torn or that follow a missing one, and bytes of output that no record covers. */
  cut: { records: number; output_bytes: number };
  /** Artifacts that were written only in part. */
  lost: ArtifactName[];
}

const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** Copies from the directory `from` all records 1…N of which none is missing, with their bytes, and makes an end for them. */
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
    const raw = rawFile && createRawBytes(rawFile);
    for (const kind of LINE_KINDS) {
      const lane = await createTornLines(kind, from);
      if (lane) lanes.push(lane);
    }
    const kept = await copyRecords(lanes, raw, writer);
    const bytesCut = (rawFile?.size ?? 0) - kept.bytes;
    const cut = { records: kept.found - kept.records, output_bytes: bytesCut };
    return await copyDocuments({ open, writer, kept, cut });
  } finally {
    for (const file of [...opened, ...lanes]) await file.close();
  }
}

interface Kept {
  records: number;
  bytes: number;
  t_ms: number;
  /** Records in the spool, torn ones included. */
  found: number;
}

async function copyRecords(lanes: TornLines[], raw: RawBytes | null, writer: SpoolWriter): Promise<Kept> {
  const kept: Kept = { records: 0, bytes: 0, t_ms: 0, found: 0 };
  for (;;) {
    const lane = lanes.find(({ head }) => head?.seq === kept.records + 1);
    const record = lane?.head;
    if (!lane || !record) break;
    if (record.t_ms < kept.t_ms) break;
    if (lane.kind === "output") {
      const output = record as OutputRecord;
      const bytes = await raw?.chunk(output).catch(() => null);
      if (!bytes || output.offset !== kept.bytes) break;
      writer.raw.append(bytes);
      kept.bytes += bytes.length;
    }
    writer.lines[lane.kind].append(lane.line());
    kept.records++;
    kept.t_ms = record.t_ms;
    await lane.next();
    await writer.drain();
  }
  for (const lane of lanes) kept.found += await lane.countAll();
  return kept;
}

interface DocumentParts {
  open(name: ArtifactName): Promise<ArtifactFile | null>;
  writer: SpoolWriter;
  kept: Kept;
  cut: Salvage["cut"];
}

async function copyDocuments({ open, writer, kept, cut }: DocumentParts): Promise<Salvage> {
  const lost: ArtifactName[] = [];
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

  const whole = final !== null && final.seq === kept.records + 1 && cut.records === 0;
  const end = whole ? final : interruptedEnd(final, kept, cut);
  writer.documents.put(ARTIFACT.final, encodeFinalRecord(end));
  writer.documents.put(ARTIFACT.scrubReport, encodeScrubReport(whole && report ? report : NOT_RUN));
  if (quota) writer.documents.put(ARTIFACT.quota, encodeQuota(quota));
  if (discovery) writer.documents.put(ARTIFACT.discovery, encodeDiscovery(discovery));
  return { interrupted: !whole, cut, lost };
}

/** The end of a recording whose true end is not known, or whose records before it are not all there. */
function interruptedEnd(final: FinalRecord | null, kept: Kept, cut: Salvage["cut"]): FinalRecord {
  const t_ms = Math.max(kept.t_ms, final?.t_ms ?? 0);
  const metadata = { ...final?.metadata, interrupted: true, cut };
  return { duration_ms: t_ms, ...final, seq: kept.records + 1, t_ms, metadata };
}
