import type { Recorder } from "../../src/index.js";
import { type Cassette, openCassette } from "../../src/reader.js";

/** Number of records of a sample without its end. */
export const SAMPLE_RECORDS = 40;

/** Bytes of the n-th record of a sample, if it is output. */
function chunk(n: number): Uint8Array {
  return Buffer.from(`chunk ${n} `.repeat(1 + (n % 5) * 40));
}

/** Makes the n-th record of a sample, from 1. What it is depends on `n` alone, so a prefix is recognisable. */
function recordSample(recorder: Recorder, n: number): void {
  if (n % 7 === 0) recorder.recordInput({ bytes: Buffer.from(`typed ${n}`) });
  else if (n % 11 === 0) recorder.recordServiceEvent({ n });
  else if (n % 13 === 0) recorder.recordFrame({ size: { Rows: 1, Cols: 20 }, text: [`frame ${n}`] });
  else recorder.recordOutput(chunk(n));
}

/**
 * Makes a whole sample, its end included.
 * @param onFailure called after a failed call, which is then repeated.
 */
export async function recordWholeSample(
  recorder: Recorder,
  onFailure: (error: unknown) => unknown = raise,
): Promise<void> {
  const insist = async (call: () => void) => {
    try {
      call();
    } catch (error) {
      onFailure(error);
      await recorder.drain().catch(onFailure);
      call();
    }
  };
  for (let n = 1; n <= SAMPLE_RECORDS; n++) {
    await insist(() => recordSample(recorder, n));
    if (n === 20) await insist(() => recorder.writeQuota({ source: "sample", status: "ok" }));
    // Lets the writer proceed in between, as a real recording does.
    await new Promise(setImmediate);
  }
  const exit = { Code: 0, Signal: "", Exited: true, Signaled: false };
  await insist(() => void recorder.recordFinal({ exit }));
}

function raise(error: unknown): void {
  throw error;
}

/**
 * Opens a cassette and checks that its records are the sample's, in order, and its output the beginning of the sample's. Records may be
 * missing only where the cassette says so.
 */
export async function readSample(
  dir: string,
): Promise<{ id: string; records: number; interrupted: boolean }> {
  await using cassette = await openCassette(dir);
  const { metadata = {} } = cassette.final;
  let records = 0;
  let sampled = 0;
  for await (const { kind, record } of cassette.events()) {
    if (kind === "final") break;
    records++;
    if ("offset" in record && isUndescribed(record.offset, metadata.undescribed_output)) continue;
    do sampled++;
    while (sampled <= SAMPLE_RECORDS && !(await isSampleRecord(cassette, kind, record, sampled)));
    if (sampled > SAMPLE_RECORDS) throw new Error(`record ${records} is not the sample's`);
  }
  if (sampled > records && metadata.missing_records === undefined) throw new Error("records are missing");
  await checkOutput(cassette);
  return { id: cassette.manifest.id, records, interrupted: metadata.interrupted === true };
}

/** Whether output at an offset is marked as described by no record. */
export function isUndescribed(offset: number, ranges: unknown): boolean {
  const marked = (ranges ?? []) as { offset: number; bytes: number }[];
  return marked.some((range) => offset >= range.offset && offset < range.offset + range.bytes);
}

async function checkOutput(cassette: Cassette): Promise<void> {
  const recorded: Uint8Array[] = [];
  for await (const { kind, record } of cassette.events()) {
    if (kind === "output") recorded.push(await cassette.bytes(record));
  }
  const outputs = Array.from({ length: SAMPLE_RECORDS }, (_, index) => index + 1).filter(
    (n) => n % 7 !== 0 && n % 11 !== 0 && n % 13 !== 0,
  );
  const all = Buffer.concat(outputs.map(chunk)).toString();
  if (!all.startsWith(Buffer.concat(recorded).toString())) throw new Error("the output is not the sample's");
}

async function isSampleRecord(cassette: Cassette, kind: string, record: object, n: number): Promise<boolean> {
  if (n % 7 === 0) return kind === "input" && "bytes" in record && text(record.bytes) === `typed ${n}`;
  if (n % 11 === 0) return kind === "service-event" && JSON.stringify(record).includes(`{\\"n\\":${n}}`);
  if (n % 13 === 0) return kind === "frame" && JSON.stringify(record).includes(`frame ${n}`);
  if (kind !== "output") return false;
  const bytes = await cassette.bytes(record as Parameters<Cassette["bytes"]>[0]);
  return text(bytes) === text(chunk(n));
}

function text(bytes: unknown): string {
  return Buffer.from(bytes as Uint8Array).toString();
}
