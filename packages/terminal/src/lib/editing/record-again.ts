import type { RecordCalls } from "@cassette/core";
import type { Cassette } from "@cassette/core/reader";
import type { CassetteEvent, OptionalDocuments } from "@cassette/format";

/** Records an event of a cassette in another one; frames and the end are made, not copied. */
export async function recordAgain(
  source: Cassette,
  recorder: RecordCalls,
  event: CassetteEvent,
): Promise<void> {
  if (event.kind === "output") recorder.recordOutput(await source.bytes(event.record));
  else if (event.kind === "service-event") recorder.recordServiceEvent(event.record.payload);
  else if (event.kind === "input") {
    const { seq, t_ms, ...input } = event.record;
    recorder.recordInput(input);
  }
}

/** The documents that a cassette need not have. */
export function documentsOf({ quota, discovery }: Cassette): Partial<OptionalDocuments> {
  return { ...(quota && { quota }), ...(discovery && { discovery }) };
}
