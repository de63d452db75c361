import type { FreeMap, JsonValue } from "@cassette/format";
import type { RecordingFacts } from "../recording/recording.js";
import { sizeOf } from "../recording/terminal-size.js";
import { isMap, numberIn, textIn, textsIn } from "../source/parse-json.js";
import { type Place, type Source, sourceInvalid } from "../source/source.js";

/** Versions of asciicast. */
export type AsciicastVersion = 1 | 2 | 3;

/**
 * Reads the version of a header.
 * @throws CassetteError CASSETTE_SOURCE_INVALID.
 */
export function versionIn(source: Source, header: JsonValue | undefined, place: Place): AsciicastVersion {
  const version = isMap(header) ? header.version : undefined;
  if (version === 1 || version === 2 || version === 3) return version;
  throw sourceInvalid(source, "This is not the header of an asciicast of version 1, 2 or 3.", place);
}

/** Reads what a header says; all versions at once, since they share most names. */
export function factsIn(source: Source, header: FreeMap, place: Place): RecordingFacts {
  const { version: _, width, height, timestamp, title, command, env, term, ...rest } = header;
  const { idle_time_limit, theme, stdout, ...further } = rest;
  const { TERM, ...variables } = textsIn(env);
  const terminal = isMap(term) ? term : {};
  const { cols = width, rows = height, type, theme: colours = theme, ...ofTerminal } = terminal;
  const unmapped = { ...further, ...(Object.keys(ofTerminal).length > 0 && { term: ofTerminal }) };
  const seconds = numberIn(timestamp);
  return {
    size: sizeOf(source, cols, rows, place),
    startedAtMs: seconds !== undefined && seconds > 0 && seconds < MOST_SECONDS ? seconds * 1_000 : undefined,
    title: textIn(title),
    command: textIn(command),
    term: textIn(type) ?? TERM,
    idleLimitS: numberIn(idle_time_limit),
    ...(Object.keys(variables).length > 0 && { env: variables }),
    ...(colours !== undefined && { theme: colours }),
    ...(Object.keys(unmapped).length > 0 && { header: unmapped }),
  };
}

/** Year 9999: no date can be written beyond it. */
const MOST_SECONDS = 253_402_300_800;

/** Makes the header of version 2 or 3. */
export function headerOf(facts: RecordingFacts, version: 2 | 3): FreeMap {
  const { size = { rows: 24, cols: 80 }, startedAtMs, title, command, term, idleLimitS, env, theme } = facts;
  const { term: ofTerminal, ...further } = facts.header ?? {};
  const common = {
    ...(startedAtMs !== undefined && { timestamp: Math.floor(startedAtMs / 1_000) }),
    ...(idleLimitS !== undefined && { idle_time_limit: idleLimitS }),
    ...(command !== undefined && { command }),
    ...(title !== undefined && { title }),
  };
  if (version === 3) {
    const terminal = {
      cols: size.cols,
      rows: size.rows,
      ...(term !== undefined && { type: term }),
      ...(isMap(ofTerminal) && ofTerminal),
      ...(theme !== undefined && { theme }),
    };
    return { ...further, version, term: terminal, ...common, ...(env && { env: { ...env } }) };
  }
  const variables = { ...env, ...(term !== undefined && { TERM: term }) };
  return {
    ...further,
    version,
    width: size.cols,
    height: size.rows,
    ...common,
    ...(Object.keys(variables).length > 0 && { env: variables }),
    ...(theme !== undefined && { theme }),
  };
}
