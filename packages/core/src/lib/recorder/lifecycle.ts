import { CassetteError, type ScrubReport } from "@cassette/format";
import type { SealOptions } from "../seal/seal-options.js";
import type { FileSystem } from "../spool/file-system.js";
import { removeSpool, type SpoolPaths } from "../spool/spool.js";
import type { SpoolWriter } from "../spool/spool-writer.js";
import { type RecordingState, recorderClosed } from "./record-calls.js";
import type { Recorder } from "./recorder.js";

/** What ending a recording needs. */
export interface LifecycleParts {
  fs: FileSystem;
  spool: SpoolPaths;
  writer: SpoolWriter;
  state: RecordingState;
  /** Withholds the input that is not decided yet. */
  withholdHeld(): void;
  /** Gives up ownership, so that any process can recover the spool. */
  giveUp(): Promise<void>;
  /** Continues the steps of closing. */
  close(seal?: SealOptions): Promise<ScrubReport | null>;
}

/** The two ways to end a recording: `close` and `abort`. */
export function createLifecycle({
  fs,
  spool,
  writer,
  state,
  withholdHeld,
  giveUp,
  close,
}: LifecycleParts): Pick<Recorder, "close" | "seal" | "abort"> {
  let closing: Promise<ScrubReport | null> | null = null;

  async function end(seal?: SealOptions): Promise<ScrubReport | null> {
    if (state.phase === "aborted") throw recorderClosed();
    if (!state.finished) throw finalMissing(spool.root);
    state.phase = "closing";
    // Concurrent callers share one attempt.
    closing ??= close(seal).finally(() => {
      closing = null;
    });
    const report = await closing;
    state.phase = "closed";
    return report;
  }

  return {
    async close() {
      await end();
    },
    async seal(options) {
      const report = await end(options);
      if (report === null) throw recorderClosed();
      return report;
    },
    async abort({ keepSpool = false } = {}) {
      await closing?.catch(() => undefined);
      if (state.phase === "closed" || state.phase === "aborted") return;
      withholdHeld();
      state.phase = "aborted";
      const closed = await Promise.allSettled([writer.close()]);
      if (keepSpool) await giveUp();
      else await removeSpool(fs, spool);
      for (const result of closed) if (result.status === "rejected") throw result.reason;
    },
  };
}

function finalMissing(file: string): CassetteError {
  return new CassetteError("CASSETTE_FINAL_MISSING", "A recording is closed only after its final record.", {
    file,
    hint: "Call recordFinal first, or abort.",
  });
}
