import type { MessagePort } from "node:worker_threads";
import { judge } from "../commands/verdict.js";
import type { Job, JobValues, WorkerMessage, WorkerSetup } from "./job.js";
import { toPlainError } from "./plain-error.js";

/** Does jobs as they are asked for, one at a time. */
export function serveJobs(port: MessagePort, _setup: WorkerSetup): void {
  const say = (message: WorkerMessage) => port.postMessage(message);
  port.on("message", async (job: Job) => {
    try {
      for await (const value of valuesOf(job)) say({ type: "value", value });
      say({ type: "done" });
    } catch (error) {
      say({ type: "failed", error: toPlainError(error) });
    }
  });
}

async function* valuesOf(job: Job): AsyncIterable<JobValues[Job["kind"]]> {
  yield await judge(job.dir, job.demands);
}
