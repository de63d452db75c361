import type { SealOptions } from "@cassette/core";
import { listenForSignals, signalStatus } from "../signals.js";
import { createProgressLine, type WorkProgress } from "./progress.js";

/** How the caller follows and ends a sealing. */
export interface SealingWatch extends Required<Pick<SealOptions, "signal">> {
  onProgress: (progress: WorkProgress) => void;
}

/**
 * Runs work that may take long: shows its progress, and ends it on a signal.
 * @returns the work's result, or the exit status for the signal that ended it.
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
