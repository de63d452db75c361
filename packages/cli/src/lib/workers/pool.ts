import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { CassetteError } from "@cassette/format";
import type { Job, JobValues, WorkerMessage, WorkerSetup } from "./job.js";
import { fromPlainError } from "./plain-error.js";
import { createValueQueue, type ValueQueue } from "./value-queue.js";

/** Runs jobs in parallel, one on each processor. */
export interface WorkerPool {
  /** Yields what the job yields. @throws CassetteError what the job throws. */
  run<K extends Job["kind"]>(job: Job & { kind: K }): AsyncIterable<JobValues[K]>;
  close(): Promise<void>;
}

/** Options of a pool. */
export interface PoolOptions {
  /** Workers at most. Default: one for each processor. */
  size?: number;
  /** Milliseconds without progress after which a job is ended. Default: never. */
  stallMs?: number;
  /** The error of such a job. */
  stalled?: (job: Job) => CassetteError;
}

interface Task {
  job: Job;
  queue: ValueQueue<unknown>;
}

interface Lane {
  worker: Worker;
  progress: Int32Array;
  task: Task | null;
  /** The last value of the progress counter, and how many checks in a row it had that value. */
  seen: number;
  looks: number;
}

/** Checks until a job counts as stalled: with fewer, a single pause of the machine would count. */
const LOOKS = 10;

/** Fewer short jobs than this are done before a worker has started. */
export const MIN_JOBS_FOR_WORKERS = 4;

/** Memory for short-lived values: Node's own choice takes more and is hardly faster. */
const YOUNG_MB = 16;

/** Makes a pool. Workers start when there is work for them. */
export function createWorkerPool({
  size = availableParallelism(),
  stallMs,
  stalled,
}: PoolOptions = {}): WorkerPool {
  const waiting: Task[] = [];
  const lanes = new Set<Lane>();
  let isClosed = false;
  const watch = stallMs === undefined ? undefined : setInterval(lookAtAll, stallMs / LOOKS);

  function startLane(): Lane {
    const lane = createLane();
    const { worker } = lane;
    worker.on("message", (message: WorkerMessage) => hear(lane, message));
    worker.on("error", (error) => drop(lane, error));
    lanes.add(lane);
    return lane;
  }

  function hear(lane: Lane, message: WorkerMessage): void {
    // A worker that is being ended keeps the process until it has.
    if (isClosed) return;
    if (message.type === "value") {
      lane.task?.queue.push(message.value);
      return;
    }
    lane.task?.queue.end(message.type === "failed" ? fromPlainError(message.error) : undefined);
    lane.task = null;
    lane.worker.unref();
    feed();
  }

  function drop(lane: Lane, error: unknown): void {
    lanes.delete(lane);
    lane.task?.queue.end(error);
    void lane.worker.terminate();
    feed();
  }

  function lookAtAll(): void {
    for (const lane of lanes) {
      const now = Atomics.load(lane.progress, 0);
      lane.looks = lane.task && now === lane.seen ? lane.looks + 1 : 0;
      lane.seen = now;
      if (lane.task && lane.looks >= LOOKS) drop(lane, stalled?.(lane.task.job));
    }
  }

  function feed(): void {
    while (waiting.length > 0) {
      const idle = [...lanes].find(({ task }) => task === null);
      const lane = idle ?? (lanes.size < size ? startLane() : undefined);
      const task = lane && waiting.shift();
      if (!task) return;
      Object.assign(lane, { task, looks: 0 });
      lane.worker.ref();
      lane.worker.postMessage(task.job);
    }
  }

  return {
    run<K extends Job["kind"]>(job: Job & { kind: K }) {
      const queue = createValueQueue<JobValues[K]>();
      waiting.push({ job, queue: queue as ValueQueue<unknown> });
      feed();
      return queue.values;
    },
    async close() {
      clearInterval(watch);
      isClosed = true;
      await Promise.all([...lanes].map(({ worker }) => worker.terminate()));
    },
  };
}

function createLane(): Lane {
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const workerData: WorkerSetup = { progress };
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
  const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData, resourceLimits });
  // An idle worker does not keep the process from ending.
  worker.unref();
  return { worker, progress, task: null, seen: 0, looks: 0 };
}
