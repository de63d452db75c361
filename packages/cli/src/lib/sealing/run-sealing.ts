import type { SealOptions } from "@cassette/core";
import { listenForSignals, signalStatus } from "../recording/signals.js";
import { createProgressLine } from "./progress.js";

/** What a seal is watched by. */
export type SealingWatch = Required<Pick<SealOptions, "onProgress" | "signal">>;

/**
 * Runs a work that may take long: shows how far it has come, and ends it when a signal asks for that.
 * @returns what the work returns, or the status of the signal that ended it.
 */
export async function withSealing(
  stderr: NodeJS.WriteStream,
  work: (watch: SealingWatch) => Promise<number>,
): Promise<number> {
  const signals = listenForSignals();
  const line = createProgressLine(stderr);
  const onProgress: SealingWatch["onProgress"] = (progress) => line.update(progress);
  try {
    return await work({ onProgress, signal: signals.interrupt });
  } catch (error) {
    if (signals.received !== null && signals.interrupt.aborted) return signalStatus(signals.received);
    throw error;
  } finally {
    line.clear();
    signals.stop();
  }
}
