import { createEventTimes } from "../recording/event-times.js";
import { createLossTally, type LossTally } from "../recording/losses.js";
import type { ReadRecording, RecordingEvent } from "../recording/recording.js";
import { limitExceeded, type Source, sourceInvalid } from "../source/source.js";

const HEADER_BYTES = 12;
/** Dates before 1980 are no dates: some tools count from 0. */
const FIRST_DATE_S = 315_532_800;

/** A record, and where it begins. */
interface TtyRecord {
  seconds: number;
  micros: number;
  bytes: Uint8Array;
  byteOffset: number;
}

/**
 * Reads a ttyrec.
 * @throws CassetteError CASSETTE_SOURCE_INVALID, CASSETTE_LIMIT_EXCEEDED; later from the events, too.
 */
export async function readTtyrec(source: Source): Promise<ReadRecording> {
  const losses = createLossTally();
  const batches = readRecords(source, losses);
  let first: TtyRecord[] = [];
  while (first.length === 0) {
    const next = await batches.next();
    if (next.done) throw sourceInvalid(source, "There is no complete record of a ttyrec.", { byteOffset: 0 });
    first = next.value;
  }
  const [{ seconds, micros } = { seconds: 0, micros: 0 }] = first;
  return {
    format: "ttyrec",
    facts: seconds >= FIRST_DATE_S ? { startedAtMs: seconds * 1_000 + Math.floor(micros / 1_000) } : {},
    losses,
    async *events() {
      const times = createEventTimes(source, losses);
      const eventOf = (record: TtyRecord): RecordingEvent => {
        const us = (record.seconds - seconds) * 1_000_000 + record.micros - micros;
        const { bytes, byteOffset } = record;
        const atUs = us < 0 ? times.fallen() : times.at(us, { byteOffset });
        return { kind: "output", atUs, bytes };
      };
      yield first.map(eventOf);
      for await (const records of batches) yield records.map(eventOf);
    },
  };
}

async function* readRecords(source: Source, losses: LossTally): AsyncGenerator<TtyRecord[], void> {
  const { lineBytes, events } = source.limits;
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  let count = 0;
  for await (const piece of source.pieces()) {
    rest =
      rest.length === 0
        ? Buffer.from(piece.buffer, piece.byteOffset, piece.length)
        : Buffer.concat([rest, piece]);
    const records: TtyRecord[] = [];
    let at = 0;
    for (;;) {
      const record = recordAt(source, rest, at, offset);
      if (record === null) break;
      records.push(record);
      at += HEADER_BYTES + record.bytes.length;
    }
    count += records.length;
    if (count > events) throw limitExceeded(source, "There are more events", events, { byteOffset: offset });
    rest = rest.subarray(at);
    offset += at;
    if (rest.length > lineBytes + HEADER_BYTES)
      throw limitExceeded(source, "The record has more bytes", lineBytes, { byteOffset: offset });
    yield records;
  }
  if (rest.length > 0 || source.isTruncated) losses.add("truncated-end", Math.max(1, rest.length));
}

/** @returns null where the record is not complete yet. */
function recordAt(source: Source, bytes: Buffer, at: number, offset: number): TtyRecord | null {
  if (bytes.length - at < HEADER_BYTES) return null;
  const byteOffset = offset + at;
  const seconds = bytes.readUInt32LE(at);
  const micros = bytes.readUInt32LE(at + 4);
  const length = bytes.readUInt32LE(at + 8);
  if (micros >= 1_000_000)
    throw sourceInvalid(source, "The record has more than a million microseconds.", { byteOffset });
  if (length > source.limits.lineBytes)
    throw limitExceeded(source, "The record has more bytes", source.limits.lineBytes, { byteOffset });
  const start = at + HEADER_BYTES;
  if (bytes.length - start < length) return null;
  return { seconds, micros, bytes: bytes.subarray(start, start + length), byteOffset };
}
