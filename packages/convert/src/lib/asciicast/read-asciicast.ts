import { createLossTally } from "../recording/losses.js";
import type { ReadRecording } from "../recording/recording.js";
import { type LineBatch, readLines } from "../source/lines.js";
import { isMap, parseJson } from "../source/parse-json.js";
import { type Source, sourceInvalid } from "../source/source.js";
import { factsIn, versionIn } from "./header.js";
import { endReading, readEvents, startReading } from "./read-events.js";
import { readVersion1 } from "./read-version-1.js";

/**
 * Reads an asciicast of version 1, 2 or 3.
 * @throws CassetteError CASSETTE_SOURCE_INVALID, CASSETTE_LIMIT_EXCEEDED; later from the events, too.
 */
export async function readAsciicast(source: Source): Promise<ReadRecording> {
  const lines = readLines(source);
  const { value: batch, done } = await lines.next();
  const text = done ? "" : (batch.lines[0] ?? "").replace(/^\ufeff/, "");
  // Version 1 is one JSON object, of any number of lines.
  if (!isHeaderLine(text)) return readVersion1({ ...source, pieces: () => again(batch || null, lines) });
  const place = { line: 1 };
  if (text.length > source.limits.headerBytes) throw sourceInvalid(source, "The header is too long.", place);
  const header = parseJson(source, text, place);
  const version = versionIn(source, header, place);
  if (version === 1) return readVersion1({ ...source, pieces: () => again(batch || null, lines) });
  const losses = createLossTally();
  return {
    format: `asciicast-v${version}`,
    facts: factsIn(source, isMap(header) ? header : {}, place),
    losses,
    async *events() {
      const reading = startReading(source, version, losses);
      if (batch) yield readEvents({ ...batch, lines: batch.lines.slice(1), first: 2 }, reading);
      for await (const further of lines) yield readEvents(further, reading);
      endReading(reading);
    },
  };
}

/** Whether the first line is a whole header, not the beginning of an object that continues. */
function isHeaderLine(text: string): boolean {
  return /^\s*\{.*\}\s*$/s.test(text);
}

/** The bytes of lines that were read already, and of the rest. */
async function* again(first: LineBatch | null, rest: AsyncIterable<LineBatch>): AsyncGenerator<Uint8Array> {
  const bytesOf = ({ lines, isCut }: LineBatch) => Buffer.from(lines.join("\n") + (isCut ? "" : "\n"));
  if (first) yield bytesOf(first);
  for await (const batch of rest) yield bytesOf(batch);
}
