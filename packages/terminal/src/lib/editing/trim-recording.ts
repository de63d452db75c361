import type { Recorder, SealOptions } from "@cassette/core";
import type { Cassette } from "@cassette/core/reader";
import type { FreeMap, JsonValue, Manifest, ScrubReport } from "@cassette/format";
import { RECORDER } from "../version.js";
import { type CutClock, type CutPace, createCutClock } from "./cut-clock.js";
import { type CutPlace, type CutRange, findRange } from "./cut-places.js";
import { maskedBefore } from "./masked-before.js";
import { documentsOf, recordAgain } from "./record-again.js";
import { type RestoredStart, restoreStart } from "./restored-start.js";

/** How to cut a recording. */
export interface TrimOptions extends CutPace {
  /** Path of the cassette to make; its parent must exist. */
  target: string;
  seal: SealOptions;
  /** The first place that is kept. Default: the start. */
  from?: CutPlace;
  /** The last place that is kept. Default: the end. */
  to?: CutPlace;
  /** Replaces a cassette at the target. Default: false, which refuses. */
  overwrite?: boolean;
  /** What it takes to scrub alike after a crash; stored in the spool. Default: nothing. */
  storedScrub?: JsonValue;
  /** Name and version of what makes the cassette, for its manifest. Default: this package. */
  recorder?: string;
}

/** What came of it. Times in milliseconds of the source. */
export interface TrimmedRecording {
  report: ScrubReport;
  /** Where the cut begins; earlier than asked where no output gives a terminal the state that was asked for. */
  fromMs: number;
  toMs: number;
  durationMs: number;
  /** Inputs before the cut, which a stub of it does not wait for. */
  droppedInputs: number;
}

/**
 * Makes a sealed cassette of a part of another one. It begins with output that restores the screen, the cursor and the modes of that
 * moment; times begin at 0. If it fails, nothing is left.
 * @throws CassetteError CASSETTE_CUT_INVALID, CASSETTE_TARGET_EXISTS, those of the recorder and the seal; `signal.reason` when aborted.
 */
export async function trimRecording(source: Cassette, options: TrimOptions): Promise<TrimmedRecording> {
  const { target, seal, from, to, overwrite, storedScrub } = options;
  const { signal } = seal;
  const [{ createRecorder, scrubStatedFacts }, { createEmulator, emulatorIdentity, widthsOf }] =
    await Promise.all([import("@cassette/core"), import("../parts/parts.js")]);
  const range = await findRange(source, from, to);
  const start = await restoreStart(source, range.first, createEmulator, signal);
  const clock = createCutClock(start.t_ms, options);
  const droppedInputs = await countInputs(source, start.afterSeq);
  const emulator = emulatorIdentity(widthsOf(source.manifest.terminal.emulator));
  const manifest = {
    ...cutManifest(source, start, range, droppedInputs),
    terminal: {
      ...source.manifest.terminal,
      ...{ emulator, initial_rows: start.size.rows, initial_cols: start.size.cols },
    },
    provenance: { ...source.manifest.provenance, recorder_version: options.recorder ?? RECORDER },
  };
  const { facts, found } = scrubStatedFacts({ manifest, ...documentsOf(source) }, seal.redactor);
  const recorder = await createRecorder(target, {
    ...{ manifest: facts.manifest, clock: { now: () => 0, monotonic: clock.monotonic } },
    ...{ overwrite, integrity: true, gitAttributes: true, scrub: storedScrub },
  });
  try {
    recorder.writeDocuments(facts);
    if (start.output.length > 0) recorder.recordOutput(start.output);
    await recordPart(source, recorder, { start, range, clock, signal });
    const before = maskedBefore(source.scrubReport);
    const report = await recorder.seal({ ...seal, found: [...(seal.found ?? []), ...before, ...found] });
    const durationMs = clock.monotonic();
    return { report, fromMs: start.t_ms, toMs: range.last.t_ms, durationMs, droppedInputs };
  } catch (error) {
    // The source exists: nothing is worth recovering.
    await recorder.abort().catch(() => {});
    throw error;
  }
}

/** A part that is recorded again. */
interface Part {
  start: RestoredStart;
  range: CutRange;
  clock: CutClock;
  signal?: AbortSignal;
}

async function recordPart(source: Cassette, recorder: Recorder, part: Part): Promise<void> {
  const { start, range, clock, signal } = part;
  for await (const event of source.events({ kinds: ["input", "output", "service-event"] })) {
    if (event.seq <= start.afterSeq) continue;
    if (event.seq > range.last.seq || event.t_ms > range.last.t_ms) break;
    signal?.throwIfAborted();
    clock.advanceTo(event.t_ms);
    await recordAgain(source, recorder, event);
    await recorder.drain();
  }
  clock.advanceTo(range.last.t_ms);
  const { seq, t_ms, duration_ms, ...final } = source.final;
  const isWhole = range.last.seq >= seq;
  recorder.recordFinal(isWhole ? final : { metadata: { cut: true } });
}

async function countInputs(source: Cassette, upTo: number): Promise<number> {
  let count = 0;
  for await (const { seq, kind, answer } of source.inputs())
    if (seq <= upTo && kind === "input" && !answer) count++;
  return count;
}

/** The manifest of a cut says where it comes from, and of which source if that one is sealed. */
function cutManifest(
  { manifest }: Cassette,
  { t_ms, output }: RestoredStart,
  { last }: CutRange,
  droppedInputs: number,
): Pick<Manifest, "harness" | "command" | "timing" | "optional"> {
  const { integrity, cassette, ...others } = manifest.optional ?? {};
  const cut: FreeMap = {
    ...{ of: manifest.id, from_ms: t_ms, to_ms: last.t_ms },
    ...{ restoring_bytes: output.length, dropped_inputs: droppedInputs },
    ...(integrity !== undefined && { content_sha256: manifest.content_digest.sha256 }),
  };
  const { harness, command, timing } = manifest;
  return { harness, command, timing, optional: { ...others, cassette: { ...(cassette as FreeMap), cut } } };
}
