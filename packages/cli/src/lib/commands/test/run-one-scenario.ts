import { isCassetteError } from "@cassette/format";
import type { ConvertedRecording } from "@cassette/terminal/recordings";
import { runScenario, type ScenarioResult } from "@cassette/testing";
import type { PlainError } from "../../workers/job.js";
import { toPlainError } from "../../workers/plain-error.js";

/** A scenario's result, or why its file could not be used. Plain data, to be passed between threads. */
export type ScenarioOutcome =
  | (Omit<ScenarioResult, "error"> & { error: PlainError | null; converted: ConvertedRecording[] })
  | { unusable: PlainError };

/** Runs one scenario. */
export async function runOneScenario(file: string): Promise<ScenarioOutcome> {
  try {
    const converted: ConvertedRecording[] = [];
    const onConverted = (from: ConvertedRecording) => converted.push(from);
    const { error, ...result } = await runScenario(file, { onConverted });
    return { ...result, error: error && toPlainError(error), converted };
  } catch (error) {
    if (isCassetteError(error)) return { unusable: toPlainError(error) };
    throw error;
  }
}
