import { hash } from "node:crypto";
import type { FrameRecord, InputRecord, OutputRecord, ServiceEventRecord } from "@cassette/format";
import {
  encodeFrameRecord,
  encodeInputRecord,
  encodeOutputLine,
  encodeServiceEventRecord,
} from "@cassette/format/schema";
import type { SpoolWriter } from "../spool/spool-writer.js";

/** A record that sealing keeps, except for its number. */
export type KeptRecord =
  | { kind: "input"; record: InputRecord }
  | { kind: "service-event"; record: ServiceEventRecord }
  /** The bytes to write; `masked` if they differ from the recorded ones. */
  | { kind: "output"; record: OutputRecord; bytes: Uint8Array; masked: boolean };

/** Writes records and frames in one order, renumbered. */
export interface EvidenceWriter {
  /** Receives the next record. It is written when no further frame can precede it. */
  add(record: KeptRecord): void;
  /** Writes the records up to this one, by its old number. */
  flushThrough(seq: number): void;
  /** Writes a frame after the records that were written. */
  writeFrame(frame: Omit<FrameRecord, "seq">): void;
  /** Number of the next record. */
  readonly nextSeq: number;
}

/** Makes an evidence writer over a spool. */
export function createEvidenceWriter({ lines, raw, start }: SpoolWriter): EvidenceWriter {
  let waiting: KeptRecord[] = [];
  let seq = 0;

  function write(kept: KeptRecord): void {
    seq++;
    if (kept.kind === "input") {
      lines.input.appendText(`${encodeInputRecord({ ...kept.record, seq })}\n`);
    } else if (kept.kind === "service-event") {
      lines["service-event"].appendText(`${encodeServiceEventRecord({ ...kept.record, seq })}\n`);
    } else {
      const { record, bytes, masked } = kept;
      const sha256 = masked && record.sha256 !== "" ? hash("sha256", bytes, "hex") : record.sha256;
      raw.append(bytes);
      lines.output.appendAscii(encodeOutputLine({ ...record, seq, sha256 }));
    }
  }

  return {
    add: (record) => void waiting.push(record),
    flushThrough(last) {
      const later = waiting.findIndex(({ record }) => record.seq > last);
      const due = later === -1 ? waiting : waiting.slice(0, later);
      waiting = later === -1 ? [] : waiting.slice(later);
      for (const record of due) write(record);
      start();
    },
    writeFrame(frame) {
      seq++;
      lines.frame.appendText(`${encodeFrameRecord({ ...frame, seq })}\n`);
    },
    get nextSeq() {
      return seq + 1;
    },
  };
}
