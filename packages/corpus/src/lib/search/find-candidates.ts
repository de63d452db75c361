import type { SearchPlace } from "@cassette/core/reader";
import { type KnownRecording, readKnown } from "../indexing/known-recordings.js";
import { fingerprintOf, nameOf } from "../inputs/inputs.js";
import { listParts } from "../layout/layout.js";
import { readPart } from "../parquet/read-table.js";

/** What an index says of recordings before they are searched. */
export interface Candidates {
  /** Recordings in which the pattern does not appear, absolute paths. All others have to be searched. */
  withoutMatch: Set<string>;
  /** How many of the recordings have current rows. */
  current: number;
}

/** What to look for. */
export interface CandidateSearch {
  pattern: RegExp;
  places: readonly SearchPlace[];
  /** Called as the search proceeds. */
  advance?: () => void;
}

/**
 * Finds out from tables which recordings cannot match a pattern. Every row and line that a search of the recording looks at is in `texts`;
 * a recording that has changed since, or could not be drawn, has to be searched.
 * @throws CassetteError CASSETTE_TABLES_INVALID.
 */
export async function findCandidates(
  tables: string,
  paths: readonly string[],
  { pattern, places, advance }: CandidateSearch,
): Promise<Candidates> {
  const current = await currentRecordings(tables, paths, advance);
  const without = new Map(current);
  const { parts } = await listParts(tables);
  for (const part of parts.texts)
    for await (const rows of readPart(part, ["recording", "place", "text"])) {
      for (const { recording, place, text } of rows) {
        if (!without.has(String(recording)) || !places.includes(place as SearchPlace)) continue;
        if (pattern.test(String(text))) without.delete(String(recording));
        advance?.();
      }
    }
  return { withoutMatch: new Set([...without.values()].map(({ path }) => path)), current: current.size };
}

/** The recordings that were drawn and have not changed since, by their names in the tables. */
async function currentRecordings(
  tables: string,
  paths: readonly string[],
  advance?: () => void,
): Promise<Map<string, KnownRecording>> {
  const { byPath } = await readKnown(tables);
  const current = new Map<string, KnownRecording>();
  for (const path of paths) {
    const row = byPath.get(nameOf(path));
    if (row?.drawn && (await fingerprintOf(path)) === row.fingerprint) current.set(row.recording, row);
    advance?.();
  }
  return current;
}
