import { ARTIFACT, CassetteError } from "@cassette/format";
import { type ByteStream, createByteStream } from "./byte-stream.js";
import { checkChunk, isChunkBuffered } from "./chunk-check.js";
import { hasConvertedLineEndings } from "./line-endings.js";
import { checkCount, openLines, type Scan } from "./line-scan.js";
import { LINE_PARSERS } from "./record-kinds.js";

/** Errors that are reported only if nothing earlier in the reader's order is wrong. */
export interface OutputFindings {
  count: number;
  /** Of the lines of `output.jsonl`. */
  lineError: unknown;
  /** Of a chunk. */
  chunkError: CassetteError | null;
}

/**
 * Reads `output.jsonl` and `output.raw` side by side, each once: the digest of the whole and that of every chunk.
 * @throws CassetteError CASSETTE_DIGEST_MISMATCH, which has priority over every error in a line.
 */
export async function verifyOutput(scan: Scan, expectedDigest: string | null): Promise<OutputFindings> {
  const raw = scan.files.get(ARTIFACT.outputRaw);
  const stream = createByteStream(raw, scan.files.hashing);
  const findings: OutputFindings = { count: 0, lineError: null, chunkError: null };
  await scanChunks(scan, stream, raw.size, findings).catch((error) => {
    scan.signal?.throwIfAborted();
    findings.lineError = error;
  });
  const sha256 = await stream.finish();
  scan.digests.set(ARTIFACT.outputRaw, { size: raw.size, sha256 });
  if (expectedDigest !== null && sha256 !== expectedDigest) {
    const isConverted = await hasConvertedLineEndings(raw, expectedDigest, scan.files.hashing);
    throw digestMismatch(raw.path, expectedDigest, sha256, isConverted);
  }
  return findings;
}

async function scanChunks(
  scan: Scan,
  stream: ByteStream,
  rawSize: number,
  findings: OutputFindings,
): Promise<void> {
  const { cursor, done } = openLines(scan, "output");
  const parse = LINE_PARSERS.output;
  const { timeline } = scan;
  const place = { file: cursor.path, line: 0 };
  let previousSeq = 0;
  let previousEnd = 0;
  while (await cursor.fill()) {
    scan.signal?.throwIfAborted();
    while (cursor.advance()) {
      const record = parse(cursor);
      place.line = cursor.line;
      timeline.add(record.seq, record.t_ms, previousSeq, place);
      scan.marks.output.offer(record.seq, cursor.offset);
      previousSeq = record.seq;
      findings.count++;
      checkCount(scan, cursor);
      if (findings.chunkError || !scan.checksChunks) continue;
      if (!isChunkBuffered(stream, record, previousEnd)) {
        findings.chunkError = await checkChunk(stream, record, previousEnd, rawSize, place);
      }
      previousEnd = record.offset + record.length;
    }
  }
  done();
}

function digestMismatch(file: string, expected: string, actual: string, isConverted: boolean): CassetteError {
  const what = "output.raw does not have the digest in the manifest";
  const message = isConverted ? `${what}: its line endings were converted.` : `${what}.`;
  const hint = isConverted
    ? "A repository did that. Put `* -text` into a .gitattributes beside it and check it out again."
    : "The file was changed after the recording.";
  return new CassetteError("CASSETTE_DIGEST_MISMATCH", message, { file, expected, actual, hint });
}
