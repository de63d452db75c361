import type {
  Discovery,
  FinalRecord,
  FrameRecord,
  InputRecord,
  Manifest,
  OptionalDocuments,
  OutputRecord,
  Quota,
  ScrubReport,
  ServiceEventRecord,
} from "@cassette/format";
import type { SealOptions } from "../seal/seal-options.js";
import type { HeldInput } from "./held-input.js";
import type { FinalDraft, FrameDraft, InputDraft, SessionEvent } from "./records.js";

/**
 * The calls that make records. Each takes its own reading of the clock and its own `seq`, in the order of the calls, and
 * returns the record; it copies what it is given and does not wait for the disk. A call that throws has recorded nothing
 * and used no `seq`.
 *
 * They throw CassetteError: CASSETTE_WRITE_FAILED when the disk has refused earlier records (`drain` and `close` try
 * again), CASSETTE_VALUE_INVALID, CASSETTE_CLOCK_REGRESSED, CASSETTE_FINAL_PASSED after the final record,
 * CASSETTE_RECORDER_CLOSED.
 */
export interface RecordCalls {
  recordInput(input: InputDraft): InputRecord;
  /** Records one read of the terminal. */
  recordOutput(bytes: Uint8Array): OutputRecord;
  recordFrame(frame: FrameDraft): FrameRecord;
  /** @param payload a value, or `jsonText` of `@cassette/format/schema` to keep a spelling. */
  recordServiceEvent(payload: unknown): ServiceEventRecord;
  /**
   * Records an event of a PTY session as what it is. Null for what leaves no record: the exit, the end, and the rest of a
   * line that was typed while the terminal showed nothing. Of several such lines it is the last record.
   */
  recordSessionEvent(event: SessionEvent): InputRecord | OutputRecord | null;
  /**
   * Keeps the place and time of an input event whose bytes may be a secret: later records can be made meanwhile, and nothing of it
   * is on the disk before it is settled. What is never settled is withheld at the end.
   */
  holdInput(event: SessionEvent): HeldInput;
  /** Records the end; no record can follow. @throws CassetteError also CASSETTE_FINAL_DUPLICATE. */
  recordFinal(final?: FinalDraft): FinalRecord;
  /** Writes the documents that a cassette need not have; one that is written again is replaced. */
  writeDocuments(documents: Partial<OptionalDocuments>): void;
  writeQuota(quota: Quota): void;
  writeDiscovery(discovery: Discovery): void;
  /** Unless called, the report is `{"status":"clean","rules":null,"hit_counts":{}}`, as the Go writer has it. */
  writeScrubReport(report: ScrubReport): void;
}

/** Output of which some bytes are replaced. */
export interface OverwrittenOutput {
  record: OutputRecord;
  bytes: Uint8Array;
}

/** A recording in progress. */
export interface Recorder extends RecordCalls {
  /** The manifest so far, defaults filled in; its content digest is made when closing. */
  readonly manifest: Manifest;
  /** Path of the private directory that holds the recording until it is closed. */
  readonly spool: string;
  /** How many records were made. */
  readonly recordCount: number;
  /**
   * Backpressure: resolves, mostly at once, when little enough waits to be written.
   * @throws CassetteError CASSETTE_WRITE_FAILED.
   */
  drain(): Promise<void>;
  /**
   * Writes, syncs, reads again and verifies the whole cassette, and gives it its name. After a failure it may be called
   * again and goes on where it failed; the spool stays meanwhile. Idempotent once it has succeeded.
   * @throws CassetteError CASSETTE_FINAL_MISSING, CASSETTE_WRITE_FAILED, CASSETTE_TARGET_EXISTS,
   * CASSETTE_RECORDER_CLOSED after `abort`, and whatever opening the cassette would say.
   */
  close(): Promise<void>;
  /**
   * As `close`, but first scrubs the recording, derives its frames from the scrubbed bytes and scans all of it once more.
   * @returns what was scrubbed.
   * @throws CassetteError also CASSETTE_SECRET_REMAINS: there is no cassette, and the spool stays.
   */
  seal(options: SealOptions): Promise<ScrubReport>;
  /**
   * Overwrites input and output that was recorded and turns out to be secret: in the spool, at once, in as many bytes. A crash meanwhile
   * loses no other byte. Records that are not among the last few hundred stay.
   * @param outputs records of output with all of their bytes, the secret ones masked.
   * @throws CassetteError CASSETTE_WRITE_FAILED.
   */
  overwrite(inputs: readonly InputRecord[], outputs: readonly OverwrittenOutput[]): Promise<void>;
  /**
   * Gives the recording up. The spool is removed unless `keepSpool`. Does nothing once closed.
   * @throws CassetteError CASSETTE_WRITE_FAILED; with `keepSpool` the spool exists all the same.
   */
  abort(options?: { keepSpool?: boolean }): Promise<void>;
  /** Aborts unless closed. */
  [Symbol.asyncDispose](): Promise<void>;
}
