import { createEventTimes } from "../recording/event-times.js";
import { createLossTally } from "../recording/losses.js";
import type { ReadRecording, RecordingEvent } from "../recording/recording.js";
import type { JsonPart } from "../source/json-members.js";
import { numberIn } from "../source/parse-json.js";
import { readObjectWithList } from "../source/read-object.js";
import { type Source, sourceInvalid } from "../source/source.js";
import { factsIn, versionIn } from "./header.js";
import { createTextJoiner } from "./surrogates.js";

/**
 * Reads an asciicast of version 1: one object, with output only.
 * @throws CassetteError CASSETTE_SOURCE_INVALID, CASSETTE_LIMIT_EXCEEDED; later from the events, too.
 */
export async function readVersion1(source: Source): Promise<ReadRecording> {
  const losses = createLossTally();
  const { head, items } = await readObjectWithList(
    source,
    "stdout",
    ["version", "width", "height"],
    (bytes) => losses.add("truncated-end", bytes),
  );
  const place = { line: 1 };
  if (versionIn(source, head, place) !== 1)
    throw sourceInvalid(source, "An asciicast of this version has a line for each event.", place);
  const { duration: _, ...header } = head;
  return {
    format: "asciicast-v1",
    facts: factsIn(source, header, place),
    losses,
    async *events() {
      const times = createEventTimes(source, losses);
      const output = createTextJoiner(losses);
      const eventOf = ({ value, line }: JsonPart): RecordingEvent => {
        const [delay, text] = Array.isArray(value) ? value : [];
        if (typeof delay !== "number" || typeof text !== "string")
          throw sourceInvalid(source, "An event is a list of a delay and a text.", { line });
        return { kind: "output", atUs: times.after(delay * 1_000_000, { line }), bytes: output.bytes(text) };
      };
      let lastUs = 0;
      for await (const batch of items()) {
        const events = batch.map(eventOf);
        lastUs = events.at(-1)?.atUs ?? lastUs;
        yield events;
      }
      output.end();
      const endUs = (numberIn(head.duration) ?? 0) * 1_000_000;
      if (endUs > lastUs) yield [{ kind: "end", atUs: times.at(endUs, place) }];
    },
  };
}
