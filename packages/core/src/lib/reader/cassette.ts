import type {
  CassetteEvent,
  FinalRecord,
  FoundDocuments,
  FrameRecord,
  InputRecord,
  Manifest,
  OutputRecord,
  ScrubReport,
  ServiceEventRecord,
} from "@cassette/format";
import type { EventsOptions } from "./merged-events.js";

/**
 * A verified cassette, held open. Records are read from the disk on demand, except those of
 * small files; a file that has changed causes CASSETTE_ARTIFACT_CHANGED.
 */
export interface Cassette extends Readonly<FoundDocuments> {
  /** The path it was opened by. */
  readonly dir: string;
  readonly manifest: Manifest;
  readonly final: FinalRecord;
  readonly scrubReport: ScrubReport;
  /** Whether `manifest.optional.integrity` was present and verified. */
  readonly integrity: "verified" | "absent";
  /** Number of records of each kind, without the final one. */
  readonly counts: { input: number; output: number; frame: number; "service-event": number };
  /** Bytes of `output.raw`. */
  readonly rawSize: number;
  /** All records in the order of `seq`, the final one included; or only some of them. */
  events(wanted?: EventsOptions): AsyncIterableIterator<CassetteEvent>;
  inputs(): AsyncIterableIterator<InputRecord>;
  outputs(): AsyncIterableIterator<OutputRecord>;
  frames(): AsyncIterableIterator<FrameRecord>;
  serviceEvents(): AsyncIterableIterator<ServiceEventRecord>;
  /** `output.raw`, front to back. */
  raw(): AsyncIterableIterator<Uint8Array>;
  /** The bytes of one chunk, checked against its digest again. */
  bytes(record: OutputRecord): Promise<Uint8Array>;
  /** Releases the files. Idempotent. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
