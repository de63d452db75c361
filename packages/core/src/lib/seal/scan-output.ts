import {
  ARTIFACT,
  type EmulatorIdentity,
  MAX_TERMINAL_SIZE,
  type Redactor,
  type ScrubbedStream,
  type ScrubStreamOptions,
  type StreamEvent,
  type TerminalSize,
} from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import { faultTolerantEmulator, faultTolerantProvenance } from "./fault-tolerant-drawing.js";
import type { OutputMask } from "./output-mask.js";
import type { SealOptions } from "./seal-options.js";

/** Options of a scan of the output. */
export interface OutputScan
  extends Pick<SealOptions, "createEmulator" | "createProvenance" | "onProgress" | "signal"> {
  redactor: Redactor;
  source: Cassette;
  /** What was found before. */
  mask: OutputMask;
  /** Additional offsets at which to scan the screen; if there are any, screens are scanned from the start. */
  looks: ReadonlySet<number>;
  /** The stream was scanned alone, and had text drawn out of order. */
  isStreamScanned?: boolean;
}

/**
 * Scans the masked output: first the stream alone; if the stream does not have its characters in the order
 * of the screen, its screens; if they show more than the stream did, the bytes that drew it. Each step costs some thirty times the
 * previous one.
 */
export async function scanOutput(scan: OutputScan): Promise<ScrubbedStream> {
  if (scan.looks.size === 0) {
    const found = scan.isStreamScanned && isDrawable(scan) ? null : await scrub(scan);
    if (found && !(isSkipped(found) && isDrawable(scan))) return found;
    if (scan.createEmulator) {
      const screens = faultTolerantEmulator(
        scan.createEmulator(sizeOf(scan.source), emulatorOf(scan.source)),
      );
      const seen = await scrub(scan, { screens }).finally(() => screens.close());
      if (!isSkipped(seen)) return seen;
    }
  }
  const provenance = faultTolerantProvenance(
    scan.createProvenance(sizeOf(scan.source), emulatorOf(scan.source)),
  );
  return scrub(scan, { provenance }).finally(() => provenance.close());
}

/** A cassette of another writer may have a size at which no screen can be drawn. */
function isDrawable({ source }: OutputScan): boolean {
  const { rows, cols } = sizeOf(source);
  return Math.min(rows, cols) >= 1 && Math.max(rows, cols) <= MAX_TERMINAL_SIZE;
}

function scrub(scan: OutputScan, options: ScrubStreamOptions = {}): Promise<ScrubbedStream> {
  return scan.redactor.scrubStream(streamEvents(scan), { ...options, signal: scan.signal });
}

/** Whether a more expensive scan is needed. */
export function isSkipped({ report }: ScrubbedStream): boolean {
  return report.skipped?.[ARTIFACT.outputRaw] !== undefined;
}

function emulatorOf({ manifest }: Cassette): EmulatorIdentity {
  return manifest.terminal.emulator;
}

function sizeOf({ manifest }: Cassette): TerminalSize {
  return { rows: manifest.terminal.initial_rows, cols: manifest.terminal.initial_cols };
}

async function* streamEvents({
  source,
  mask,
  looks,
  onProgress,
}: OutputScan): AsyncGenerator<StreamEvent, void> {
  const total = source.rawSize;
  for await (const { kind, record } of source.events()) {
    if (kind === "output") {
      const done = record.offset + record.length;
      yield { bytes: mask.apply(await source.bytes(record), record.offset) };
      if (looks.has(done)) yield { look: true };
      onProgress?.({ pass: "scanning", done, total });
    } else if (kind === "input" && record.size) {
      yield { resize: { rows: record.size.Rows, cols: record.size.Cols } };
    }
  }
}
