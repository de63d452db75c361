import { ARTIFACT, type Redactor, type ScrubbedStream, type StreamEvent } from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import type { OutputMask } from "./output-mask.js";
import type { SealOptions } from "./seal-options.js";

/** How the output is scanned. */
export interface OutputScan extends Pick<SealOptions, "createProvenance" | "onProgress" | "signal"> {
  redactor: Redactor;
  source: Cassette;
  /** What was found before. */
  mask: OutputMask;
  /** Offsets at which the screen is looked at besides; if there are any, screens are looked at from the start. */
  looks: ReadonlySet<number>;
}

/**
 * Scans the output as it stands after masking. Screens cost an emulator: they are drawn only if the stream itself does not tell
 * the order in which its characters stand.
 */
export async function scanOutput(scan: OutputScan): Promise<ScrubbedStream> {
  const { redactor, signal, looks } = scan;
  if (looks.size === 0) {
    const found = await redactor.scrubStream(streamEvents(scan), { signal });
    if (found.report.skipped?.[ARTIFACT.outputRaw] === undefined) return found;
  }
  const { initial_rows: rows, initial_cols: cols } = scan.source.manifest.terminal;
  const provenance = scan.createProvenance({ rows, cols });
  try {
    return await redactor.scrubStream(streamEvents(scan), { provenance, signal });
  } finally {
    provenance.close();
  }
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
