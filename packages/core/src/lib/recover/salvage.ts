import { readdir } from "node:fs/promises";
import {
  ARTIFACT,
  type ArtifactName,
  CassetteError,
  DOCUMENTS,
  type DocumentName,
  type DocumentTypes,
  type FinalRecord,
  type FreeMap,
  isCassetteError,
  optionalDocumentNames,
} from "@cassette/format";
import { encodeDocument } from "@cassette/format/schema";
import { openArtifact } from "../reader/artifact-file.js";
import { parseArtifact, readArtifact } from "../reader/artifact-text.js";
import { nodeHashing } from "../reader/node-hashing.js";
import { createRawBytes, type RawBytes } from "../reader/raw-bytes.js";
import { LINE_ARTIFACTS, LINE_KINDS } from "../reader/record-kinds.js";
import { NOT_RUN } from "../seal/unscrubbed.js";
import { GIT_ATTRIBUTES } from "../spool/git-attributes.js";
import { foreignNamesIn, type SpoolPaths } from "../spool/spool.js";
import type { SpoolWriter } from "../spool/spool-writer.js";
import { UNLIMITED } from "../spool/unlimited.js";
import { type CopiedRecords, copyRecords } from "./copy-records.js";
import { createTornLines, type TornLines } from "./torn-lines.js";

/** What was recovered of an interrupted recording, and what was not. */
export interface Salvage {
  /** The recording has no end, or is not whole. */
  interrupted: boolean;
  /** Records that are missing: unreadable lines, and numbers without a line. */
  missing: number;
  /** Bytes of output that no readable record described; they are kept, as extra chunks. */
  undescribed: number;
  /** Names of files that could not be read, or that are not part of a cassette or a spool. */
  lost: string[];
  /** Whether every byte of the recording is in the cassette. */
  complete: boolean;
}

/** A damaged spool may have any number of them; at most this many are listed in the final record. */
const MOST_RANGES = 100;
const NO_OUTPUT: RawBytes = {
  size: 0,
  range: async () => new Uint8Array(0),
  chunk: async () => new Uint8Array(0),
  async *all() {},
};

/**
 * Copies all records and all output from a directory of a spool, and makes an end for them.
 * @throws CassetteError CASSETTE_READ_FAILED; CASSETTE_ARTIFACT_NOT_A_FILE for the output; `signal.reason` when aborted.
 */
export async function salvage(
  spool: SpoolPaths,
  from: string,
  writer: SpoolWriter,
  signal?: AbortSignal,
): Promise<Salvage> {
  const lost = [...(await foreignNamesIn(spool)), ...(await foreignArtifactsIn(from))];
  const lanes: TornLines[] = [];
  const rawFile = await openArtifact(from, ARTIFACT.outputRaw, UNLIMITED.fileBytes);
  try {
    for (const kind of LINE_KINDS) {
      const lane = await unlessLost(LINE_ARTIFACTS[kind], lost, () => createTornLines(kind, from));
      if (lane) lanes.push(lane);
    }
    const raw = rawFile ? createRawBytes(rawFile, nodeHashing) : NO_OUTPUT;
    const copied = await copyRecords(lanes, raw, writer, signal);
    return await copyDocuments({ from, writer, copied, lost });
  } finally {
    for (const file of [rawFile, ...lanes]) await file?.close();
  }
}

/** Names in a cassette's directory that no cassette has, sorted. */
async function foreignArtifactsIn(dir: string): Promise<string[]> {
  const known: ReadonlySet<string> = new Set([...Object.values(ARTIFACT), GIT_ATTRIBUTES]);
  return (await readdir(dir)).filter((name) => !known.has(name)).sort();
}

/** Ignores a file that is not a file, too large or invalid. If the system refuses to read it, it may be readable later. */
async function unlessLost<T>(
  name: ArtifactName,
  lost: string[],
  read: () => Promise<T | null>,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof CassetteError) || isCassetteError(error, "CASSETTE_READ_FAILED")) throw error;
    lost.push(name);
    return null;
  }
}

interface DocumentParts {
  from: string;
  writer: SpoolWriter;
  copied: CopiedRecords;
  /** Collects what could not be copied. */
  lost: string[];
}

async function copyDocuments({ from, writer, copied, lost }: DocumentParts): Promise<Salvage> {
  const final = await readDocument("final", from, lost);
  const report = await readDocument("scrubReport", from, lost);
  const { missing, undescribed, unreadable } = copied;
  const whole = missing === 0 && undescribed.length === 0 && isEnd(final, copied);
  const end = whole ? final : interruptedEnd(final, copied);
  writer.documents.put(ARTIFACT.final, encodeDocument("final", end));
  writer.documents.put(
    ARTIFACT.scrubReport,
    encodeDocument("scrubReport", whole && report ? report : NOT_RUN),
  );
  for (const name of optionalDocumentNames) {
    const document = await readDocument(name, from, lost);
    if (document) writer.documents.put(DOCUMENTS[name].file, encodeDocument(name, document));
  }
  return {
    interrupted: !whole,
    missing,
    undescribed: undescribed.reduce((sum, { bytes }) => sum + bytes, 0),
    lost,
    complete: unreadable === 0 && lost.length === 0,
  };
}

/** Whether a final record follows the last record. */
function isEnd(final: FinalRecord | null, { records, t_ms }: CopiedRecords): final is FinalRecord {
  return final?.seq === records + 1 && final.t_ms >= t_ms;
}

/** Null if there is none, or none that can be read. */
function readDocument<Name extends DocumentName>(
  name: Name,
  from: string,
  lost: string[],
): Promise<DocumentTypes[Name] | null> {
  return unlessLost(DOCUMENTS[name].file, lost, async () => {
    const file = await openArtifact(from, DOCUMENTS[name].file, UNLIMITED.jsonBytes);
    if (file === null) return null;
    try {
      // The process ended between making the file and writing it: nothing was in it.
      if (file.size === 0) return null;
      return parseArtifact(file, await readArtifact(file), name);
    } finally {
      await file.close();
    }
  });
}

/** The end of a recording whose real end is unknown, or whose earlier records are incomplete. */
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
