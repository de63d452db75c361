import { isCassetteError } from "@cassette/format";
import type { ConvertedRecording } from "@cassette/terminal/recordings";
import { runScenario, type ScenarioResult } from "@cassette/testing";
import type { PlainError } from "../../../workers/job.js";
import { toPlainError } from "../../../workers/plain-error.js";

/** A scenario's result, or why its file could not be used. Plain data, to be passed between threads. */
export type ScenarioOutcome =
  | (Omit<ScenarioResult, "error"> & {
      error: PlainError | null;
      /** How long it took, in milliseconds. */
      took_ms: number;
      /** Recordings of other tools that were read. */
      converted: ConvertedRecording[];
    })
  | { unusable: PlainError };

/** Runs one scenario. */
export async function runOneScenario(file: string): Promise<ScenarioOutcome> {
  const start = performance.now();
  try {
    const converted: ConvertedRecording[] = [];
    const onConverted = (from: ConvertedRecording) => converted.push(from);
    const { error, ...result } = await runScenario(file, { onConverted });
    const took_ms = Math.round(performance.now() - start);
    return { ...result, error: error && toPlainError(error), took_ms, converted };
  } catch (error) {
    if (isCassetteError(error)) return { unusable: toPlainError(error) };
    throw error;
  }
}
