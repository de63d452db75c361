import { createWriteStream } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Cassette } from "@cassette/core/reader";
import { renderPage } from "@cassette/render/page";
import { screensOf } from "@cassette/terminal/parts";
import { openRecording } from "@cassette/terminal/recordings";
import { type FailureReport, writeFailure } from "@cassette/testing";
import { pageRecording } from "../../page/page-recording.js";
import { failuresIn } from "./reports/reported.js";
import type { ScenarioOutcome } from "./scenarios/run-one-scenario.js";

/** A page of a failure is an attachment: fewer screens a second are enough. */
const MOST_PAGE_BYTES = 5e6;

/** Writes evidence of what did not hold: a folder for each failure. Where there is a recording, `failure.html` is its page. */
export async function writeArtifacts(folder: string, file: string, outcome: ScenarioOutcome): Promise<void> {
  const failures = failuresIn(file, outcome);
  if (failures.length === 0) return;
  if ("unusable" in outcome || outcome.error) {
    for (const failure of failures) await writeFailure(folder, failure);
    return;
  }
  await using cassette = await openRecording(resolve(dirname(file), outcome.cassette_path));
  for (const failure of failures) {
    const own = await writeFailure(folder, failure);
    await pipeline(Readable.from(pageOf(cassette, failure)), createWriteStream(join(own, "failure.html")));
  }
}

/** The page of a recording, at the moment of the failure. */
async function* pageOf(
  cassette: Cassette,
  { message, failure, screens }: FailureReport,
): AsyncGenerator<string> {
  const drawn = screensOf(cassette);
  const expected = screens?.expected?.split("\n");
  try {
    const recording = await pageRecording(cassette, drawn);
    yield* renderPage(recording, {
      failure: { seq: failure?.screen?.seq ?? 1, message, ...(expected && { expected }) },
      mostBytes: MOST_PAGE_BYTES,
    });
  } finally {
    drawn.close();
  }
}
