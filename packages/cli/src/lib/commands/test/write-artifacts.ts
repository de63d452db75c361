import { dirname, resolve } from "node:path";
import { openCassette } from "@cassette/core/reader";
import type { Screen } from "@cassette/format";
import { readEvidence, writeFailure } from "@cassette/testing";
import { failuresIn } from "./reports/reported.js";
import type { ScenarioOutcome } from "./scenarios/run-one-scenario.js";

/** Writes evidence of what did not hold: a folder for each failure. */
export async function writeArtifacts(folder: string, file: string, outcome: ScenarioOutcome): Promise<void> {
  const failures = failuresIn(file, outcome);
  const seqs = failures.flatMap(({ failure }) => (failure?.screen ? [failure.screen.seq] : []));
  const pictures =
    "unusable" in outcome ? new Map() : await screensAt(resolve(dirname(file), outcome.cassette_path), seqs);
  for (const failure of failures) {
    const { screen } = failure.failure ?? {};
    await writeFailure(folder, failure, screen ? pictures.get(screen.seq) : undefined);
  }
}

/** The screens after these events, with cells. */
async function screensAt(dir: string, seqs: readonly number[]): Promise<Map<number, Screen>> {
  const screens = new Map<number, Screen>();
  if (seqs.length === 0) return screens;
  await using cassette = await openCassette(dir);
  const evidence = await readEvidence(cassette);
  try {
    for (const seq of new Set(seqs)) screens.set(seq, (await evidence.screenAt(seq)).screen);
  } finally {
    evidence.close();
  }
  return screens;
}
