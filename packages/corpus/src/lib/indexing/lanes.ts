import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { PendingInput } from "./plan.js";

/** What a worker is started with. */
export interface LaneSetup {
  dir: string;
  stem: string;
  indexedAt: number;
  includeUnscrubbed: boolean;
}

/** A recording that was not indexed, and why. */
export interface RefusedInput {
  path: string;
  code: string;
  /** One sentence, without captured bytes. */
  message: string;
}

/** What a worker reports of each batch. */
export interface LaneReport {
  indexed: number;
  refused: RefusedInput[];
}

/** Recordings per message: few, so that a run that is ended ends soon. */
const BATCH = 8;
/** Starting a worker takes as long as some recordings. */
const INPUTS_PER_LANE = 16;
/** Memory for short-lived values: Node's own choice takes more and is hardly faster. */
const YOUNG_MB = 16;

/**
 * Indexes recordings on all processors. Each worker writes parts of its own, and ends them when there is no more work or the run is
 * aborted: what it indexed until then is kept.
 */
export async function runLanes(
  pending: readonly PendingInput[],
  setup: LaneSetup,
  onReport: (report: LaneReport) => void,
  signal?: AbortSignal,
): Promise<void> {
  const count = Math.min(availableParallelism(), Math.ceil(pending.length / INPUTS_PER_LANE));
  const share = Math.ceil(pending.length / Math.max(count, 1));
  const lanes = Array.from({ length: count }, (_, index) => {
    // Each takes a stretch: neighbours have the same date.
    const inputs = pending.slice(index * share, (index + 1) * share);
    return runLane(inputs, { ...setup, stem: `${setup.stem}-${index + 1}` }, onReport, signal);
  });
  const results = await Promise.allSettled(lanes);
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

async function runLane(
  inputs: readonly PendingInput[],
  workerData: LaneSetup,
  onReport: (report: LaneReport) => void,
  signal?: AbortSignal,
): Promise<void> {
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
  const worker = new Worker(new URL("./index-worker.js", import.meta.url), { workerData, resourceLimits });
  const ended = once(worker, "exit");
  ended.catch(() => {});
  for (let at = 0; at < inputs.length && !signal?.aborted; at += BATCH) {
    worker.postMessage(inputs.slice(at, at + BATCH));
    const [report] = await Promise.race([once(worker, "message"), ended.then(failEarly)]);
    onReport(report as LaneReport);
  }
  worker.postMessage(null);
  const [status] = await ended;
  if (status !== 0) failEarly();
}

function failEarly(): never {
  throw new Error("A worker ended early.");
}
