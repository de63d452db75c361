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
 * @param onFailure called for a call that failed, which is then made once more.
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
    // Lets the writing go on in between, as a real recording does.
    await new Promise(setImmediate);
  }
  const exit = { Code: 0, Signal: "", Exited: true, Signaled: false };
  await insist(() => void recorder.recordFinal({ exit }));
}

function raise(error: unknown): void {
  throw error;
}

/** Opens a cassette, checks that it is a sample from its first record on, and returns how far it goes. */
export async function readSample(
  dir: string,
): Promise<{ id: string; records: number; interrupted: boolean }> {
  await using cassette = await openCassette(dir);
  let records = 0;
  for await (const { kind, record } of cassette.events()) {
    if (kind === "final") break;
    records++;
    if (!(await isSampleRecord(cassette, kind, record, records))) {
      throw new Error(`record ${records} is not the sample's`);
    }
  }
  const interrupted = cassette.final.metadata?.interrupted === true;
  return { id: cassette.manifest.id, records, interrupted };
}

async function isSampleRecord(cassette: Cassette, kind: string, record: object, n: number): Promise<boolean> {
  if (n % 7 === 0) return kind === "input" && "bytes" in record && text(record.bytes) === `typed ${n}`;
  if (n % 11 === 0) return kind === "service" && JSON.stringify(record).includes(`{\\"n\\":${n}}`);
  if (n % 13 === 0) return kind === "frame" && JSON.stringify(record).includes(`frame ${n}`);
  if (kind !== "output") return false;
  const bytes = await cassette.bytes(record as Parameters<Cassette["bytes"]>[0]);
  return text(bytes) === text(chunk(n));
}

function text(bytes: unknown): string {
  return Buffer.from(bytes as Uint8Array).toString();
}
