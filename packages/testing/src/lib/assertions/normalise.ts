import { createScrubber } from "@cassette/scrub";

let scrubber: ReturnType<typeof createScrubber> | undefined;

/** Rows with what merely changes from run to run (clocks, pids, durations, …) replaced by what it is. */
export function normaliseRows(rows: readonly string[]): string[] {
  scrubber ??= createScrubber();
  const { normalise } = scrubber;
  return rows.map(normalise);
}
