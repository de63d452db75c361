import type { Loss, OpenedRecording } from "@cassette/convert";
import type { Recorder, SealOptions } from "@cassette/core";
import type { JsonValue, ScrubReport, TerminalSize } from "@cassette/format";
import { RECORDER } from "../version.js";

/** How to make a cassette of another tool's recording. */
export interface ImportOptions {
  /** Path of the cassette to make; its parent must exist. */
  target: string;
  seal: SealOptions;
  /** Replaces a cassette at the target. Default: false, which refuses. */
  overwrite?: boolean;
  /** The terminal's size, where the source does not say it. Default: 24 rows × 80 columns. */
  size?: TerminalSize;
  /** What it takes to scrub alike after a crash; stored in the spool. Default: nothing. */
  storedScrub?: JsonValue;
  /** May refuse the losses of the conversion before anything gets a name. */
  onLosses?: (losses: readonly Loss[]) => void;
  /** Name and version of what makes the cassette, for its manifest. Default: this package. */
  recorder?: string;
}

/** What came of it. */
export interface ImportedRecording {
  report: ScrubReport;
  losses: Loss[];
}

/**
 * Makes a sealed cassette of another tool's recording, as a recording is made: scrubbed, with frames that are derived, verified. If
 * it fails, nothing is left.
 * @throws CassetteError of reading the source, of the recorder and the seal; what `onLosses` throws; `signal.reason` when aborted.
 */
export async function importIntoCassette(
  source: OpenedRecording,
  options: ImportOptions,
): Promise<ImportedRecording> {
  const { target, seal, overwrite, size, storedScrub, recorder: name = RECORDER } = options;
  const { signal } = seal;
  // Reading a cassette imports this file, and needs none of it.
  const [{ importRecording }, { createRecorder, scrubStatedFacts, systemClock }, { emulatorIdentity }] =
    await Promise.all([import("@cassette/convert"), import("@cassette/core"), import("../parts/parts.js")]);
  const coming = importRecording(source, { size, now: systemClock.now() });
  const { manifest } = coming;
  const named = {
    ...manifest,
    terminal: { ...manifest.terminal, emulator: emulatorIdentity("unicode11") },
    provenance: { ...manifest.provenance, recorder_version: name },
  };
  const { facts, found } = scrubStatedFacts({ manifest: named }, seal.redactor);
  const common = { clock: coming.clock, overwrite, integrity: true, gitAttributes: true };
  const recorder = await createRecorder(target, { manifest: facts.manifest, scrub: storedScrub, ...common });
  try {
    await coming.recordInto(untilAborted(recorder, signal));
    const losses = coming.losses.list();
    options.onLosses?.(losses);
    const { sha256 } = source;
    const ifUnmasked = sha256 === null ? undefined : { source_sha256: sha256 };
    const report = await recorder.seal({ ...seal, found: [...(seal.found ?? []), ...found], ifUnmasked });
    return { report, losses };
  } catch (error) {
    // The source exists: nothing is worth recovering.
    await recorder.abort().catch(() => {});
    throw error;
  }
}

/** A recorder that stops between two batches of records. */
function untilAborted(recorder: Recorder, signal: AbortSignal | undefined): Recorder {
  return {
    ...recorder,
    drain() {
      signal?.throwIfAborted();
      return recorder.drain();
    },
  };
}
