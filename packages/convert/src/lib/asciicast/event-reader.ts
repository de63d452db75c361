import type { JsonValue } from "@cassette/format";
import { createEventTimes } from "../recording/event-times.js";
import type { LossTally } from "../recording/losses.js";
import type { RecordingEvent } from "../recording/recording.js";
import { sizeOf } from "../recording/terminal-size.js";
import type { LineBatch } from "../source/lines.js";
import { parseJson } from "../source/parse-json.js";
import { limitExceeded, type Source, sourceInvalid } from "../source/source.js";
import { createTextJoiner } from "./surrogates.js";

/** Reads the lines after a header. */
export interface EventReader {
  read(batch: LineBatch): RecordingEvent[];
  /** What comes at the end. */
  end(): RecordingEvent[];
}

/** Makes a reader. Its methods throw CassetteError CASSETTE_SOURCE_INVALID, CASSETTE_LIMIT_EXCEEDED. */
export function createEventReader(source: Source, version: 2 | 3, losses: LossTally): EventReader {
  const times = createEventTimes(source, losses);
  const output = createTextJoiner(losses);
  const input = createTextJoiner(losses);
  let count = 0;
  let hasEnded = false;

  return {
    read({ lines, first, isCut }) {
      const events: RecordingEvent[] = [];
      for (const [index, text] of lines.entries()) {
        const line = first + index;
        if (isSkipped(text)) continue;
        const event = isCut ? readLast(text, line) : read(text, line);
        if (event) events.push(event);
      }
      count += events.length;
      if (count > source.limits.events)
        throw limitExceeded(source, "There are more events", source.limits.events, { line: first });
      return events;
    },
    end() {
      output.end();
      input.end();
      if (source.isTruncated) losses.add("truncated-end");
      return [];
    },
  };

  function isSkipped(text: string): boolean {
    return (version === 3 && text.startsWith("#")) || text === "" || text.trim() === "";
  }

  /** The last line may be incomplete: then it is no event. */
  function readLast(text: string, line: number): RecordingEvent | null {
    if (isWhole(text)) return read(text, line);
    losses.add("truncated-end", Buffer.byteLength(text));
    return null;
  }

  function read(text: string, line: number): RecordingEvent | null {
    const place = { line };
    const value = parseJson(source, text, place);
    if (
      !Array.isArray(value) ||
      value.length < 3 ||
      typeof value[0] !== "number" ||
      typeof value[1] !== "string"
    )
      throw sourceInvalid(source, "An event is a list of a time, a code and data.", place);
    const [time, code, data = null] = value;
    if (hasEnded) throw sourceInvalid(source, "Something follows the end of the program.", place);
    hasEnded = code === "x";
    const us = time * 1_000_000;
    const atUs = version === 3 ? times.after(us, place) : times.at(us, place);
    return eventOf(atUs, code, data, line);
  }

  function eventOf(atUs: number, code: string, data: JsonValue, line: number): RecordingEvent | null {
    const text = () => {
      if (typeof data === "string") return data;
      throw sourceInvalid(source, "The data of this event is a text.", { line });
    };
    switch (code) {
      case "o":
        return { kind: "output", atUs, bytes: output.bytes(text()) };
      case "i":
        return { kind: "input", atUs, bytes: input.bytes(text()) };
      case "m":
        return { kind: "mark", atUs, label: text() };
      case "r": {
        const [, cols, rows] = /^(\d{1,9})x(\d{1,9})$/.exec(text()) ?? [];
        if (cols === undefined) throw sourceInvalid(source, "A resize is COLSxROWS.", { line });
        const size = sizeOf(source, Number(cols), Number(rows), { line });
        if (size) return { kind: "resize", atUs, size };
        losses.add("resizes");
        return null;
      }
      case "x":
        return { kind: "end", atUs, exit: { code: exitCode(text(), line) } };
      default:
        return { kind: "foreign", atUs, source: "asciicast", code, data };
    }
  }

  function exitCode(text: string, line: number): number {
    if (/^-?\d{1,9}$/.test(text)) return Number(text);
    throw sourceInvalid(source, "An exit status is a decimal number.", { line });
  }
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
