import type { RecordScrub } from "@cassette/terminal";

/** Scans a recording's output in a worker, beside the frames that this thread derives. */
export const scanOnWorker: NonNullable<RecordScrub["scanElsewhere"]> =
  (settings) => async (dir, masks, signal) => {
    const { runJob } = await import("../workers/pool.js");
    return runJob({ kind: "scan-output", dir, settings, masks }, signal);
  };
