import { resolve } from "node:path";
import type { Clock, JsonValue } from "@cassette/format";
import { type FileSystem, nodeFileSystem } from "../spool/file-system.js";
import { createSpool, removeSpool, writeNote } from "../spool/spool.js";
import { createSpoolWriter } from "../spool/spool-writer.js";
import { checkTarget } from "../spool/target.js";
import { systemClock } from "../system-clock.js";
import { completeManifest, type DraftManifest } from "./draft-manifest.js";
import { createFinalizer } from "./finalize.js";
import { createLifecycle } from "./lifecycle.js";
import { overwriteRecorded } from "./overwrite.js";
import { createRecordCalls, type RecordingState } from "./record-calls.js";
import type { Recorder } from "./recorder.js";
import { startRecordingTime } from "./recording-time.js";

/** Options of a recorder. */
export interface RecorderOptions {
  /** The known facts of the recording; the writer fills in the rest. */
  manifest?: DraftManifest;
  clock?: Clock;
  /** Replace an existing cassette at the target, when closing and not before. Default false. */
  overwrite?: boolean;
  /** Put sizes and digests of all artifacts into `manifest.optional.integrity`. Default false. */
  integrity?: boolean;
  /** Put a `.gitattributes` into the cassette that keeps a repository from converting its line endings. Default false. */
  gitAttributes?: boolean;
  /**
   * Called when closing with the path of the complete cassette, before it gets its name and replaces another. Errors that it
   * throws,
   * `close` and `seal` throw, too; they may be called again.
   */
  approve?: (dir: string) => Promise<void>;
  /**
   * Stored as plain text in the private spool: the settings for scrubbing after a crash. It should name where
   * secrets are found, and contain none.
   */
  scrub?: JsonValue;
}

/**
 * Begins a recording that becomes the cassette `dir` when it is closed. Until then everything is in a private spool
 * beside it.
 * @param dir path of the cassette to make; its parent must exist.
 * @throws CassetteError CASSETTE_TARGET_EXISTS, CASSETTE_VERSION_UNSUPPORTED (a newer cassette is never overwritten),
 * CASSETTE_VALUE_INVALID (the manifest), CASSETTE_NOT_FOUND (its parent), CASSETTE_WRITE_FAILED.
 */
export function createRecorder(dir: string, options: RecorderOptions = {}): Promise<Recorder> {
  return createRecorderOn(nodeFileSystem, dir, options);
}

/** @param fs the disk. */
export async function createRecorderOn(
  fs: FileSystem,
  dir: string,
  options: RecorderOptions,
): Promise<Recorder> {
  const { manifest: draft = {}, clock = systemClock, overwrite = false } = options;
  const { integrity = false, gitAttributes = false, approve, scrub = null } = options;
  const target = resolve(dir);
  const manifest = completeManifest(draft, clock);
  await checkTarget(target, overwrite);
  const note = { target, integrity, gitAttributes, manifest, scrub, source: null };
  const spool = await createSpool(fs, note);
  try {
    const writer = await createSpoolWriter(fs, spool.cassette);
    const documents = { target, manifest, overwrite, integrity, gitAttributes };
    const parts = { fs, spool, writer, ...documents, beforeNaming: approve };
    const close = createFinalizer(parts);
    const state: RecordingState = { phase: "open", seq: 0, finished: false };
    const time = startRecordingTime(clock, manifest.timing.resolution_ms);
    const giveUp = () => writeNote(fs, spool, { ...note, owner: null });
    const { calls, places, withholdHeld } = createRecordCalls(writer, time, state);
    const lifecycle = createLifecycle({ fs, spool, writer, state, withholdHeld, giveUp, close });
    return {
      manifest,
      spool: spool.root,
      get recordCount() {
        return state.seq;
      },
      ...calls,
      overwrite: (inputs, outputs) => overwriteRecorded(writer, places, inputs, outputs),
      drain: () => writer.drain(),
      ...lifecycle,
      [Symbol.asyncDispose]: () => lifecycle.abort(),
    };
  } catch (error) {
    await removeSpool(fs, spool).catch(() => undefined);
    throw error;
  }
}
