import { CassetteError } from "@cassette/format";
import { escapeJson, escapeText } from "../../output/escape-text.js";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { uncalledStubs } from "./stub-calls.js";

/** Reports the recordings of installed stubs that were never played. */
export function checkStubs(folder: string, { json }: { json?: boolean }, { stdout }: Streams): number {
  const uncalled = uncalledStubs(folder);
  if (uncalled === null)
    throw new CassetteError("CASSETTE_NOT_FOUND", "There are no stubs in this folder.", { file: folder });
  for (const { name, recordings } of uncalled)
    for (const recording of recordings)
      stdout.write(
        json
          ? `${escapeJson(JSON.stringify({ name, recording }))}\n`
          : `${escapeText(name)} was never called with ${escapeText(recording)}\n`,
      );
  return uncalled.length === 0 ? EXIT.success : EXIT.negative;
}
