import { type SearchMatch, searchCassette } from "@cassette/core/reader";
import { createEmulator } from "@cassette/terminal/parts";
import { type ConvertedRecording, openRecording } from "@cassette/terminal/recordings";
import type { Job } from "../../workers/job.js";

/** Matches per message. */
const BATCH = 256;

/**
 * Searches one recording.
 * @param advance called at every event, to show progress.
 */
export async function* searchOne(
  { path, pattern, places }: Job & { kind: "search" },
  advance: () => void,
): AsyncGenerator<SearchMatch[] | ConvertedRecording> {
  const converted: ConvertedRecording[] = [];
  await using cassette = await openRecording(path, { onConverted: (from) => converted.push(from) });
  yield* converted;
  const watched: Pick<typeof cassette, "manifest" | "events" | "bytes"> = {
    manifest: cassette.manifest,
    bytes: (record) => cassette.bytes(record),
    async *events(wanted) {
      for await (const event of cassette.events(wanted)) {
        advance();
        yield event;
      }
    },
  };
  let batch: SearchMatch[] = [];
  for await (const match of searchCassette(watched, {
    pattern,
    places,
    createEmulator,
  })) {
    batch.push(match);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
