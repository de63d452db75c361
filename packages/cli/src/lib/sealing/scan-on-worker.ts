import type { RecordScrub } from "@cassette/terminal";
import type { Job, JobValues } from "../workers/job.js";
import type { WorkerPool } from "../workers/pool.js";

/** One worker for all scans of a recording, so that the next one finds the code compiled. */
let worker: Promise<WorkerPool> | undefined;

/** Scans a recording's output in a worker, beside the frames that this thread derives. */
export const scanOnWorker: NonNullable<RecordScrub["scanElsewhere"]> =
  (settings) => (dir, masks, signal, isStreamScanned) => {
    signal.throwIfAborted();
    return untilAborted(
      run<"scan-output">({ kind: "scan-output", dir, settings, masks, isStreamScanned }),
      signal,
    );
  };

/** Scans a recording's output in a worker while it is recorded. */
export const followOnWorker: NonNullable<RecordScrub["followOutput"]> = (settings, path) => {
  const totalSize = new BigInt64Array(new SharedArrayBuffer(8)).fill(-1n);
  const scan = run<"follow-output">({ kind: "follow-output", path, settings, totalSize });
  // Its failure is reported by `finish`.
  scan.catch(() => {});
  return {
    finish(size, signal) {
      Atomics.store(totalSize, 0, BigInt(size));
      return untilAborted(scan, signal);
    },
    close: endWorker,
  };
};

async function run<K extends Job["kind"]>(job: Job & { kind: K }): Promise<JobValues[K]> {
  worker ??= import("../workers/pool.js").then(({ createWorkerPool }) => createWorkerPool({ size: 1 }));
  for await (const value of (await worker).run<K>(job)) return value;
  throw new Error("The job yields nothing.");
}

/** Ends the worker when the signal is aborted before the work is done. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const settled = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => {
      endWorker();
      reject(signal.reason);
    };
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true, signal: settled.signal });
  });
  return Promise.race([work, aborted]).finally(() => settled.abort());
}

function endWorker(): void {
  void worker?.then((pool) => pool.close());
  worker = undefined;
}
