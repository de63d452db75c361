import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { isCassetteError } from "@cassette/format";
import { extractRecording } from "../extract/extract-recording.js";
import { nameOf } from "../inputs/inputs.js";
import type { LaneReport, LaneSetup } from "./lanes.js";
import { createPartWriter, type PartWriter } from "./part-writer.js";
import type { PendingInput } from "./plan.js";

/** Indexes the recordings that the main thread sends, batch by batch, until it sends null. */
export function serveLane(): void {
  if (!parentPort) return;
  const port: MessagePort = parentPort;
  const setup = workerData as LaneSetup;
  const parts = createPartWriter(setup.dir, setup.stem);
  port.on("message", async (batch: PendingInput[] | null) => {
    if (batch !== null) {
      port.postMessage(await indexBatch(batch, parts, setup));
      return;
    }
    parts.end();
    port.close();
  });
}

async function indexBatch(
  batch: readonly PendingInput[],
  parts: PartWriter,
  setup: LaneSetup,
): Promise<LaneReport> {
  const { stem: run, indexedAt, includeUnscrubbed } = setup;
  const report: LaneReport = { indexed: 0, refused: [] };
  for (const { path, date } of batch) {
    try {
      parts.begin(date);
      await extractRecording(path, { run, indexedAt, includeUnscrubbed }, parts.add);
      report.indexed++;
    } catch (error) {
      if (!isCassetteError(error)) throw error;
      report.refused.push({ path: nameOf(path), code: error.code, message: error.message });
    }
    parts.endIfLarge();
  }
  return report;
}
