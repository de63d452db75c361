import { hash } from "node:crypto";
import type { OutputRecord } from "@cassette/format";
import {
  encodeFrameRecord,
  encodeInputRecord,
  encodeOutputLine,
  encodeServiceEventRecord,
} from "@cassette/format/schema";
import type { RawBytes } from "../reader/raw-bytes.js";
import type { LineKind, LineRecords } from "../reader/record-kinds.js";
import type { SpoolWriter } from "../spool/spool-writer.js";
import type { TornLines } from "./torn-lines.js";

/** The result of copying an interrupted recording. */
export interface CopiedRecords {
  /** Records written, those for undescribed output included. */
  records: number;
  t_ms: number;
  /** Records of the spool that are not in the copy: unreadable lines and numbers without a line. */
  missing: number;
  /** Lines whose bytes are not in the copy. */
  unreadable: number;
  /** Output that no readable record describes, as ranges of `output.raw`. It is written as extra chunks. */
  undescribed: { offset: number; bytes: number }[];
}

/** Undescribed output is written in chunks of at most this many bytes. */
const CHUNK = 64 * 1024;
/** A chunk is read whole; a record that claims more is not a chunk. */
const LARGEST_CHUNK = 2 ** 29;

const ENCODERS: { [K in LineKind]: (record: LineRecords[K]) => string } = {
  input: encodeInputRecord,
  output: (record) => encodeOutputLine(record).trimEnd(),
  frame: encodeFrameRecord,
  "service-event": encodeServiceEventRecord,
};

/** The state of a copy. */
interface Copy extends CopiedRecords {
  writer: SpoolWriter;
  raw: RawBytes;
  signal?: AbortSignal;
  /** `seq` of the last record that was read. */
  seq: number;
  /** Bytes of output written. */
  bytes: number;
}

/**
 * Copies every readable record in the order of `seq`, renumbered where some are missing, and all bytes of `output.raw`: those that
 * no
 * readable record describes follow as extra chunks.
 */
export async function copyRecords(
  lanes: readonly TornLines[],
  raw: RawBytes,
  writer: SpoolWriter,
  signal?: AbortSignal,
): Promise<CopiedRecords> {
  const none = { records: 0, t_ms: 0, missing: 0, unreadable: 0, undescribed: [] };
  const copy: Copy = { ...none, writer, raw, signal, seq: 0, bytes: 0 };
  for (let lane = firstOf(lanes); lane; lane = firstOf(lanes)) {
    signal?.throwIfAborted();
    await copyHead(copy, lane);
    await lane.next();
    await writer.drain();
  }
  await copyUndescribed(copy, raw.size);
  copy.unreadable += lanes.reduce((sum, { unreadable }) => sum + unreadable, 0);
  copy.missing = Math.max(copy.missing, copy.unreadable);
  const { records, t_ms, missing, unreadable, undescribed } = copy;
  return { records, t_ms, missing, unreadable, undescribed };
}

/** The lane whose next record comes first. */
function firstOf(lanes: readonly TornLines[]): TornLines | undefined {
  let first: TornLines | undefined;
  for (const lane of lanes) {
    if (lane.head !== null && (!first?.head || lane.head.seq < first.head.seq)) first = lane;
  }
  return first;
}

async function copyHead(copy: Copy, lane: TornLines): Promise<void> {
  const { head } = lane;
  if (head === null) return;
  if (head.seq <= copy.seq) {
    copy.unreadable++;
    return;
  }
  copy.missing += head.seq - copy.seq - 1;
  copy.seq = head.seq;
  if (lane.kind === "output") await copyOutput(copy, lane, head as OutputRecord);
  else writeRecord(copy, lane);
}

/** Copies a chunk. If its bytes do not match its record, they count as undescribed output. */
async function copyOutput(copy: Copy, lane: TornLines, record: OutputRecord): Promise<void> {
  const { offset, length, sha256 } = record;
  const isInside = offset >= copy.bytes && length >= 0 && offset + length <= copy.raw.size;
  const bytes = isInside && length <= LARGEST_CHUNK ? await copy.raw.range(offset, length) : null;
  if (bytes === null || (sha256 !== "" && hash("sha256", bytes, "hex") !== sha256)) {
    copy.unreadable++;
    return;
  }
  await copyUndescribed(copy, offset);
  copy.writer.raw.append(bytes);
  copy.bytes += length;
  writeRecord(copy, lane);
}

function writeRecord(copy: Copy, { kind, head, line }: TornLines): void {
  if (head === null) return;
  const seq = ++copy.records;
  const t_ms = Math.max(copy.t_ms, head.t_ms);
  copy.t_ms = t_ms;
  const { lines } = copy.writer;
  if (seq === head.seq && t_ms === head.t_ms) lines[kind].append(line());
  else lines[kind].appendText(`${ENCODERS[kind]({ ...head, seq, t_ms } as never)}\n`);
}

async function copyUndescribed(copy: Copy, end: number): Promise<void> {
  if (end > copy.bytes) copy.undescribed.push({ offset: copy.bytes, bytes: end - copy.bytes });
  while (copy.bytes < end) {
    copy.signal?.throwIfAborted();
    const offset = copy.bytes;
    const bytes = await copy.raw.range(offset, Math.min(CHUNK, end - offset));
    const seq = ++copy.records;
    const record = {
      seq,
      t_ms: copy.t_ms,
      offset,
      length: bytes.length,
      sha256: hash("sha256", bytes, "hex"),
    };
    copy.writer.raw.append(bytes);
    copy.writer.lines.output.appendAscii(encodeOutputLine(record));
    copy.bytes += bytes.length;
    await copy.writer.drain();
  }
}
