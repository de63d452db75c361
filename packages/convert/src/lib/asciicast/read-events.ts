import type { JsonValue } from "@cassette/format";
import { createEventTimes, type EventTimes } from "../recording/event-times.js";
import type { LossTally } from "../recording/losses.js";
import type { RecordingEvent } from "../recording/recording.js";
import { resizeEvent } from "../recording/resize-event.js";
import { sizeOf } from "../recording/terminal-size.js";
import type { LineBatch } from "../source/lines.js";
import { parseJson } from "../source/parse-json.js";
import { limitExceeded, type Source, sourceInvalid } from "../source/source.js";
import { createTextJoiner, type TextJoiner } from "./surrogates.js";

/** What reading keeps between lines. */
export interface EventReading {
  source: Source;
  version: 2 | 3;
  losses: LossTally;
  times: EventTimes;
  output: TextJoiner;
  input: TextJoiner;
  /** Events so far. */
  count: number;
  /** The program has ended. */
  hasEnded: boolean;
}

/** Begins to read the lines after a header. */
export function startReading(source: Source, version: 2 | 3, losses: LossTally): EventReading {
  return {
    ...{ source, version, losses, count: 0, hasEnded: false },
    times: createEventTimes(source, losses),
    output: createTextJoiner(losses),
    input: createTextJoiner(losses),
  };
}

/**
 * Reads the events of some lines.
 * @throws CassetteError CASSETTE_SOURCE_INVALID, CASSETTE_LIMIT_EXCEEDED.
 */
export function readEvents({ lines, first, isCut }: LineBatch, reading: EventReading): RecordingEvent[] {
  const { source, version } = reading;
  const events: RecordingEvent[] = [];
  for (const [index, text] of lines.entries()) {
    const line = first + index;
    if (isSkipped(text, version)) continue;
    const event = isCut ? readLast(text, line, reading) : readEvent(text, line, reading);
    if (event) events.push(event);
  }
  reading.count += events.length;
  if (reading.count > source.limits.events)
    throw limitExceeded(source, "There are more events", source.limits.events, { line: first });
  return events;
}

/** Counts what was lost at the end. */
export function endReading({ output, input, source, losses }: EventReading): void {
  output.end();
  input.end();
  if (source.isTruncated) losses.add("truncated-end");
}

function isSkipped(text: string, version: 2 | 3): boolean {
  if (text.startsWith("[")) return false;
  return (version === 3 && text.startsWith("#")) || text.trim() === "";
}

/** The last line may be incomplete: then it is no event. */
function readLast(text: string, line: number, reading: EventReading): RecordingEvent | null {
  if (isWhole(text)) return readEvent(text, line, reading);
  reading.losses.add("truncated-end", Buffer.byteLength(text));
  return null;
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function readEvent(text: string, line: number, reading: EventReading): RecordingEvent | null {
  const { source, version, times } = reading;
  const place = { line };
  const value = parseJson(source, text, place);
  if (!isEvent(value)) throw sourceInvalid(source, "An event is a list of a time, a code and data.", place);
  if (reading.hasEnded) throw sourceInvalid(source, "Something follows the end of the program.", place);
  const [time, code, data] = value;
  reading.hasEnded = code === "x";
  const us = time * 1_000_000;
  const atUs = version === 3 ? times.after(us, place) : times.at(us, place);
  if (!CODES.has(code)) return { kind: "foreign", atUs, source: "asciicast", code, data };
  if (typeof data === "string") return knownEvent(code, atUs, data, line, reading);
  throw sourceInvalid(source, "The data of this event is a text.", place);
}

function isEvent(value: JsonValue): value is [number, string, JsonValue] {
  const isLong = Array.isArray(value) && value.length >= 3;
  return isLong && typeof value[0] === "number" && typeof value[1] === "string";
}

/** Codes whose data is a text. */
const CODES: ReadonlySet<string> = new Set(["o", "i", "m", "r", "x"]);

function knownEvent(
  code: string,
  atUs: number,
  text: string,
  line: number,
  { output, input, source, losses }: EventReading,
): RecordingEvent | null {
  if (code === "o") return { kind: "output", atUs, bytes: output.bytes(text) };
  if (code === "i") return { kind: "input", atUs, bytes: input.bytes(text) };
  if (code === "m") return { kind: "mark", atUs, label: text };
  if (code === "x") return { kind: "end", atUs, exit: { code: exitCode(source, text, line) } };
  const [, cols, rows] = /^(\d{1,9})x(\d{1,9})$/.exec(text) ?? [];
  if (cols === undefined) throw sourceInvalid(source, "A resize is COLSxROWS.", { line });
  return resizeEvent(atUs, sizeOf(source, Number(cols), Number(rows), { line }), losses);
}

function exitCode(source: Source, text: string, line: number): number {
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw sourceInvalid(source, "An exit status is a decimal number.", { line });
}
