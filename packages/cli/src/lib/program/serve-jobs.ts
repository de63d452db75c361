import type { MessagePort } from "node:worker_threads";
import type { Job, JobValues, WorkerMessage, WorkerSetup } from "../workers/job.js";
import { toPlainError } from "../workers/plain-error.js";

/** A scenario makes progress as long as its thread's timers fire. */
const BEAT_MS = 200;

/** Runs the requested jobs one at a time. The code for a job is loaded with the first of its kind. */
export function serveJobs(port: MessagePort, { progress }: WorkerSetup): void {
  const say = (message: WorkerMessage) => port.postMessage(message);
  const advance = () => void Atomics.add(progress, 0, 1);
  port.on("message", async (job: Job) => {
    try {
      for await (const value of valuesOf(job, advance)) say({ type: "value", value });
      say({ type: "done" });
    } catch (error) {
      say({ type: "failed", error: toPlainError(error) });
    }
  });
}

async function* valuesOf(job: Job, advance: () => void): AsyncIterable<JobValues[Job["kind"]]> {
  if (job.kind === "verify") {
    const { verifyOne } = await import("../commands/verify/verify-one.js");
    yield await verifyOne(job.dir, job.requirements);
  } else if (job.kind === "scan") {
    const { scanOne } = await import("../commands/scrub/scan-one.js");
    yield await scanOne(job.dir, job.settings, advance);
  } else if (job.kind === "scan-output") {
    const { scanMaskedOutput } = await import("@cassette/core");
    const { scanOptions } = await import("@cassette/terminal/scrubbing");
    const { isStreamScanned } = job;
    const options = { ...scanOptions(job.settings), onProgress: advance, isStreamScanned };
    yield await scanMaskedOutput(job.dir, job.masks, options);
  } else if (job.kind === "follow-output") {
    const { followOutput } = await import("@cassette/core");
    const { scanOptions } = await import("@cassette/terminal/scrubbing");
    const { redactor } = scanOptions(job.settings);
    const totalSize = () => {
      const size = Atomics.load(job.totalSize, 0);
      return size < 0n ? null : Number(size);
    };
    yield await followOutput(job.path, { redactor, totalSize });
  } else if (job.kind === "candidates") {
    const { findCandidates } = await import("@cassette/corpus");
    yield await findCandidates(job.tables, job.paths, { ...job, advance });
  } else if (job.kind === "match") {
    yield job.texts.some((text) => job.pattern.test(text));
  } else if (job.kind === "scenario") {
    const { runOneScenario } = await import("../commands/test/scenarios/run-one-scenario.js");
    // While a regular expression backtracks no timer fires.
    const beat = setInterval(advance, BEAT_MS);
    try {
      yield await runOneScenario(job.file);
    } finally {
      clearInterval(beat);
    }
  } else {
    const { searchOne } = await import("../commands/grep/search-one.js");
    yield* searchOne(job, advance);
  }
}
