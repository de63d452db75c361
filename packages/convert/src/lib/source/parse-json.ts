import type { FreeMap, JsonValue } from "@cassette/format";
import { MOST_DEPTH } from "./limits.js";
import { limitExceeded, type Place, type Source, sourceInvalid } from "./source.js";

/** A text this short cannot be nested deeply enough to matter. */
const SHORT = 1_024;

/**
 * Parses one JSON value.
 * @throws CassetteError CASSETTE_SOURCE_INVALID, CASSETTE_LIMIT_EXCEEDED for one that is nested too deeply.
 */
export function parseJson(source: Source, text: string, place: Place): JsonValue {
  if (text.length > SHORT && depthOf(text) > MOST_DEPTH)
    throw limitExceeded(source, "The JSON is nested deeper", MOST_DEPTH, place);
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw sourceInvalid(source, "This is not JSON.", place);
  }
}

/** Whether a value is a map. */
export function isMap(value: JsonValue | undefined): value is FreeMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A map, if it is one. */
export function mapIn(value: JsonValue | undefined): FreeMap | undefined {
  return isMap(value) ? value : undefined;
}

/** A text, if it is one and says something. */
export function textIn(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number, if it is one. */
export function numberIn(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** The texts of a map. */
export function textsIn(value: JsonValue | undefined): Record<string, string> {
  const entries = Object.entries(mapIn(value) ?? {});
  return Object.fromEntries(
    entries.flatMap(([name, text]) => (typeof text === "string" ? [[name, text]] : [])),
  );
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{`; each closes with the code two further. */
const OPENERS: ReadonlySet<number> = new Set([0x5b, 0x7b]);

/** How deep lists and maps are nested. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (OPENERS.has(code)) deepest = Math.max(deepest, ++depth);
    else if (OPENERS.has(code - 2)) depth--;
  }
  return deepest;
}
