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
import type { HeldInput } from "../passwords/held-input.js";
import type { SealOptions } from "../seal/seal-options.js";
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
   * Records any event of a PTY session. Null for events without a record: the exit, the end, and the rest of a
   * line typed while the terminal did not echo. For several such lines it is the last record.
   */
  recordSessionEvent(event: SessionEvent): InputRecord | OutputRecord | null;
  /**
   * Reserves place and time for an input event whose bytes may be a secret: later records can be made in the meantime, and nothing
   * of it
   * is on the disk before it is settled. Input that is never settled is withheld at the end.
   */
  holdInput(event: SessionEvent): HeldInput;
  /** Records the end; no record can follow. @throws CassetteError also CASSETTE_FINAL_DUPLICATE. */
  recordFinal(final?: FinalDraft): FinalRecord;
  /** Writes the documents that a cassette need not have; one that is written again is replaced. */
  writeDocuments(documents: Partial<OptionalDocuments>): void;
  writeQuota(quota: Quota): void;
  writeDiscovery(discovery: Discovery): void;
  /** Without this call, the report is `{"status":"clean","rules":null,"hit_counts":{}}`, as in the Go writer. */
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
  /** Number of records made. */
  readonly recordCount: number;
  /**
   * Backpressure: resolves when few enough bytes wait to be written, mostly at once.
   * @throws CassetteError CASSETTE_WRITE_FAILED.
   */
  drain(): Promise<void>;
  /**
   * Writes, syncs, reads again and verifies the whole cassette, and gives it its name. After a failure it may be called
   * again and continues where it failed; the spool is kept until then. Idempotent once it has succeeded.
   * @throws CassetteError CASSETTE_FINAL_MISSING, CASSETTE_WRITE_FAILED, CASSETTE_TARGET_EXISTS,
   * CASSETTE_RECORDER_CLOSED after `abort`, and the errors of opening the cassette.
   */
  close(): Promise<void>;
  /**
   * As `close`, but first scrubs the recording, derives its frames from the scrubbed bytes and scans all of it again.
   * @returns what was scrubbed.
   * @throws CassetteError also CASSETTE_SECRET_REMAINS: there is no cassette, and the spool is kept.
   */
  seal(options: SealOptions): Promise<ScrubReport>;
  /**
   * Overwrites input and output that was recorded and turns out to be secret: in the spool, at once, in as many bytes. A crash
   * during this
   * loses no other byte. Only the last few hundred records can be overwritten; older ones stay.
   * @param outputs records of output with all of their bytes, the secret ones masked.
   * @throws CassetteError CASSETTE_WRITE_FAILED.
   */
  overwrite(inputs: readonly InputRecord[], outputs: readonly OverwrittenOutput[]): Promise<void>;
  /**
   * Abandons the recording. The spool is removed unless `keepSpool`. Has no effect once closed.
   * @throws CassetteError CASSETTE_WRITE_FAILED; with `keepSpool` the spool is still kept.
   */
  abort(options?: { keepSpool?: boolean }): Promise<void>;
  /** Aborts unless closed. */
  [Symbol.asyncDispose](): Promise<void>;
}
