import { hash } from "node:crypto";
import type { InputRecord } from "@cassette/format";
import { encodeInputRecord, encodeOutputLine } from "@cassette/format/schema";
import type { SpoolWriter } from "../spool/spool-writer.js";
import type { OverwrittenOutput } from "./recorder.js";

/** Offsets of the lines of the last records in their files, by `seq`. */
export interface LineOffsets {
  add(seq: number, at: number): void;
  of(seq: number): number | undefined;
}

const MOST_PLACES = 1_024;
const MASK = 0x2a;

/** Makes an empty set of offsets. It is rarely read and written at every record. */
export function createLineOffsets(): LineOffsets {
  const seqs = new Float64Array(MOST_PLACES);
  const places = new Float64Array(MOST_PLACES);
  return {
    add(seq, at) {
      seqs[seq % MOST_PLACES] = seq;
      places[seq % MOST_PLACES] = at;
    },
    of: (seq) => (seqs[seq % MOST_PLACES] === seq ? places[seq % MOST_PLACES] : undefined),
  };
}

/**
 * Overwrites recorded bytes. Output is written before the digests of its chunks: a chunk with a wrong digest is still
 * recovered, as output that no record describes.
 */
export async function overwriteRecorded(
  writer: SpoolWriter,
  places: LineOffsets,
  inputs: readonly InputRecord[],
  outputs: readonly OverwrittenOutput[],
): Promise<void> {
  await writer.flush();
  for (const { record, bytes } of outputs) await writer.raw.rewrite(bytes, record.offset);
  for (const { record, bytes } of outputs) {
    const line = encodeOutputLine({ ...record, sha256: hash("sha256", bytes, "hex") });
    await rewriteLine(writer.lines.output, places.of(record.seq), line);
  }
  for (const record of inputs) {
    await rewriteLine(writer.lines.input, places.of(record.seq), `${encodeInputRecord(masked(record))}\n`);
  }
}

async function rewriteLine(lines: SpoolWriter["raw"], at: number | undefined, line: string): Promise<void> {
  if (at !== undefined) await lines.rewrite(Buffer.from(line), at);
}

/** The same record in as many bytes; the name of a key reveals as much as the key. */
function masked({ bytes = new Uint8Array(), key, ...record }: InputRecord): InputRecord {
  const stars = new Uint8Array(bytes.length).fill(MASK);
  return { ...record, bytes: stars, ...(key !== undefined && { key: "*".repeat(Buffer.byteLength(key)) }) };
}
