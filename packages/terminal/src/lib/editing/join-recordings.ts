import type { Recorder, SealOptions } from "@cassette/core";
import type { Cassette } from "@cassette/core/reader";
import {
  CassetteError,
  type CassetteEvent,
  cassetteExtras,
  type Emulator,
  type EmulatorIdentity,
  type Exit,
  type FreeMap,
  type JsonValue,
  type Manifest,
  type ScrubReport,
  type TerminalSize,
} from "@cassette/format";
import { RECORDER } from "../version.js";
import { renewTerminal } from "./fresh-terminal.js";
import { maskedBefore } from "./masked-before.js";
import { documentsOf, recordAgain } from "./record-again.js";

/** How to join recordings. */
export interface JoinOptions {
  /** Path of the cassette to make; its parent must exist. */
  target: string;
  seal: SealOptions;
  /** Replaces a cassette at the target. Default: false, which refuses. */
  overwrite?: boolean;
  /** What it takes to scrub alike after a crash; stored in the spool. Default: nothing. */
  storedScrub?: JsonValue;
  /** Name and version of what makes the cassette, for its manifest. Default: this package. */
  recorder?: string;
}

/** What came of it. */
export interface JoinedRecording {
  report: ScrubReport;
  /** When each part begins, in milliseconds. */
  startsMs: number[];
  durationMs: number;
}

/** A cassette in the making. */
interface Joining {
  emulator: Emulator;
  /** The size of its terminal. */
  size: TerminalSize;
  /** Milliseconds since the beginning, as the recorder reads them. */
  nowMs: number;
}

/**
 * Makes a sealed cassette of several, one after the other. Before each but the first comes output that makes the terminal new, a
 * resize
 * where the sizes differ, and a mark that says how the part before ended. The facts are those of the first part, the end is that of the
 * last one. If it fails, nothing is left.
 * @param parts at least two.
 * @throws CassetteError CASSETTE_JOIN_INVALID, CASSETTE_TARGET_EXISTS, those of the recorder and the seal; `signal.reason` when aborted.
 */
export async function joinRecordings(
  parts: readonly Cassette[],
  options: JoinOptions,
): Promise<JoinedRecording> {
  const { target, seal, overwrite, storedScrub } = options;
  const [{ createRecorder, scrubStatedFacts }, { createEmulator, emulatorIdentity, widthsOf }] =
    await Promise.all([import("@cassette/core"), import("../parts/parts.js")]);
  const first = demandJoinable(parts, widthsOf);
  const { emulator: like } = first.manifest.terminal;
  const startsMs = startsOf(parts);
  const size = sizeOf(first);
  const joining: Joining = { emulator: createEmulator(size, like), size, nowMs: 0 };
  const manifest = {
    ...joinedManifest(parts, startsMs),
    terminal: { ...first.manifest.terminal, emulator: emulatorIdentity(widthsOf(like)) },
    provenance: { ...first.manifest.provenance, recorder_version: options.recorder ?? RECORDER },
  };
  const { facts, found } = scrubStatedFacts({ manifest, ...documentsOf(first) }, seal.redactor);
  const recorder = await createRecorder(target, {
    ...{ manifest: facts.manifest, clock: { now: () => 0, monotonic: () => joining.nowMs } },
    ...{ overwrite, integrity: true, gitAttributes: true, scrub: storedScrub },
  });
  try {
    recorder.writeDocuments(facts);
    for (const [index, part] of parts.entries()) {
      const before = parts[index - 1];
      if (before !== undefined) {
        const next = sizeOf(part);
        const { emulator, output } = await renewTerminal(joining.emulator, next, createEmulator, like);
        joining.emulator = emulator;
        beginPart(joining, recorder, { number: index + 1, before, next, output });
      }
      await recordPart(joining, recorder, { part, startMs: startsMs[index] ?? 0, signal: seal.signal });
    }
    const { seq, t_ms, duration_ms, ...final } = (parts.at(-1) as Cassette).final;
    recorder.recordFinal(final.metadata ? { ...final, metadata: withoutPlaces(final.metadata) } : final);
    const before = parts.flatMap(({ scrubReport }) => maskedBefore(scrubReport));
    const report = await recorder.seal({
      ...seal,
      found: [...(seal.found ?? []), ...before, ...found],
      ifUnmasked: { joined: partsOf(parts, startsMs, true) },
    });
    return { report, startsMs, durationMs: joining.nowMs };
  } catch (error) {
    // The sources exist: nothing is worth recovering.
    await recorder.abort().catch(() => {});
    throw error;
  } finally {
    joining.emulator.close();
  }
}

/** @returns the first part. @throws CassetteError CASSETTE_JOIN_INVALID. */
function demandJoinable(parts: readonly Cassette[], widthsOf: (like: EmulatorIdentity) => string): Cassette {
  const [first, ...others] = parts;
  if (first === undefined || others.length === 0)
    throw new CassetteError("CASSETTE_JOIN_INVALID", "There is nothing to join: two parts are the least.");
  const widths = widthsOf(first.manifest.terminal.emulator);
  if (others.some(({ manifest }) => widthsOf(manifest.terminal.emulator) !== widths))
    throw new CassetteError("CASSETTE_JOIN_INVALID", "The parts give emoji different widths.");
  return first;
}

/** What comes between two parts. */
interface Boundary {
  /** Of the part that begins, from 1. */
  number: number;
  before: Cassette;
  next: TerminalSize;
  /** Makes the terminal new. */
  output: Uint8Array;
}

/** The mark comes first: it says how many bytes of the output that follows no program printed. */
function beginPart(joining: Joining, recorder: Recorder, { number, before, next, output }: Boundary): void {
  const { exit } = before.final;
  const label = `part ${number - 1} ended: ${exitInWords(exit)}`;
  recorder.recordServiceEvent({
    ...{ type: "cassette.mark", label, part: number, resetting_bytes: output.length },
    ...(exit && { exit: { ...exit } }),
  });
  recorder.recordOutput(output);
  if (joining.size.rows !== next.rows || joining.size.cols !== next.cols)
    recorder.recordInput({ kind: "resize", size: { Rows: next.rows, Cols: next.cols } });
  joining.size = next;
}

function exitInWords(exit: Exit | undefined): string {
  if (exit === undefined) return "its exit was not seen";
  return exit.Signaled ? `signal ${exit.Signal}` : `exit ${exit.Code}`;
}

/** A part and where it begins in the new cassette. */
interface Part {
  part: Cassette;
  startMs: number;
  signal?: AbortSignal;
}

async function recordPart(
  joining: Joining,
  recorder: Recorder,
  { part, startMs, signal }: Part,
): Promise<void> {
  for await (const event of part.events({ kinds: ["input", "output", "service-event"] })) {
    signal?.throwIfAborted();
    joining.nowMs = startMs + event.t_ms;
    await recordAgain(part, recorder, event);
    await draw(joining, part, event);
    await recorder.drain();
  }
  joining.nowMs = startMs + part.final.t_ms;
}

async function draw(joining: Joining, part: Cassette, event: CassetteEvent): Promise<void> {
  const { emulator } = joining;
  if (event.kind === "output") {
    await emulator.feed(await part.bytes(event.record));
    emulator.takeReplies();
  } else if (event.kind === "input" && event.record.size) {
    const { Rows: rows, Cols: cols } = event.record.size;
    joining.size = { rows, cols };
    emulator.resize(joining.size);
  }
}

/** Each part begins when the one before it ends. */
function startsOf(parts: readonly Cassette[]): number[] {
  let startMs = 0;
  return parts.map(({ final }) => {
    const start = startMs;
    startMs += final.t_ms;
    return start;
  });
}

function sizeOf({ manifest: { terminal } }: Cassette): TerminalSize {
  return { rows: terminal.initial_rows, cols: terminal.initial_cols };
}

/** Places in the output are other ones now. */
function withoutPlaces({ exit_offset, undescribed_output, ...metadata }: FreeMap): FreeMap {
  return metadata;
}

/** The facts of the first part. The inputs that were cut off a part are missing in the whole. */
function joinedManifest(
  parts: readonly Cassette[],
  startsMs: readonly number[],
): Pick<Manifest, "harness" | "command" | "timing" | "optional"> {
  const [{ manifest }] = parts as [Cassette];
  const { integrity, cassette: _, ...others } = manifest.optional ?? {};
  const { drawing_stopped_at, source_sha256, cut, ...extras } = cassetteExtras(manifest);
  const dropped = parts.reduce((sum, part) => sum + droppedInputs(part), 0);
  const cassette: FreeMap = {
    ...extras,
    joined: partsOf(parts, startsMs, false),
    ...(dropped > 0 && { cut: { dropped_inputs: dropped } }),
  };
  const { harness, command, timing } = manifest;
  const resolutions = new Set(parts.map((part) => part.manifest.timing.resolution_ms));
  const resolution_ms = resolutions.size === 1 ? timing.resolution_ms : 1;
  return { harness, command, timing: { ...timing, resolution_ms }, optional: { ...others, cassette } };
}

function droppedInputs({ manifest }: Cassette): number {
  const { cut } = cassetteExtras(manifest) as { cut?: { dropped_inputs?: unknown } };
  return typeof cut?.dropped_inputs === "number" ? cut.dropped_inputs : 0;
}

/** The digest of an unscrubbed output would let a secret in it be guessed. */
function partsOf(parts: readonly Cassette[], startsMs: readonly number[], withDigests: boolean): JsonValue {
  return parts.map(({ manifest, integrity, scrubReport }, index) => {
    const isSealed = integrity === "verified" && scrubReport.status !== "not-run";
    const digest = withDigests && isSealed && { content_sha256: manifest.content_digest.sha256 };
    return { of: manifest.id, at_ms: startsMs[index] ?? 0, ...digest };
  });
}
