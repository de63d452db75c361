import type { FreeMap, JsonValue } from "@cassette/format";
import { DEFAULT_SIZE } from "@cassette/format/units";
import { knownFields, nonEmpty } from "../recording/known-fields.js";
import type { RecordingFacts } from "../recording/recording.js";
import { startAtSecond } from "../recording/start-time.js";
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
  const unmapped = { ...further, ...knownFields({ term: nonEmpty(ofTerminal) }) };
  return {
    size: sizeOf(source, cols, rows, place),
    startedAtMs: startAtSecond(numberIn(timestamp), MOST_SECONDS),
    title: textIn(title),
    command: textIn(command),
    term: textIn(type) ?? TERM,
    idleLimitS: numberIn(idle_time_limit),
    env: nonEmpty(variables),
    theme: colours,
    header: nonEmpty(unmapped),
  };
}

/** Year 9999: no date can be written beyond it. */
const MOST_SECONDS = 253_402_300_800;

/** Makes the header of version 2 or 3. */
export function headerOf(facts: RecordingFacts, version: 2 | 3): FreeMap {
  const { startedAtMs, title, command, idleLimitS } = facts;
  const common = knownFields({
    timestamp: startedAtMs === undefined ? undefined : Math.floor(startedAtMs / 1_000),
    idle_time_limit: idleLimitS,
    command,
    title,
  });
  return version === 2 ? headerOfVersion2(facts, common) : headerOfVersion3(facts, common);
}

function headerOfVersion2(
  { size = DEFAULT_SIZE, term, env, theme, header = {} }: RecordingFacts,
  common: FreeMap,
) {
  const { term: _, ...further } = header;
  const variables = { ...env, ...knownFields({ TERM: term }) };
  return {
    ...{ ...further, version: 2, width: size.cols, height: size.rows },
    ...common,
    ...knownFields({ env: nonEmpty(variables), theme }),
  };
}

function headerOfVersion3(
  { size = DEFAULT_SIZE, term, env, theme, header = {} }: RecordingFacts,
  common: FreeMap,
) {
  const { term: ofTerminal, ...further } = header;
  const terminal = {
    ...{ cols: size.cols, rows: size.rows },
    ...knownFields({ type: term }),
    ...(isMap(ofTerminal) && ofTerminal),
    ...knownFields({ theme }),
  };
  return { ...further, version: 3, term: terminal, ...common, ...knownFields({ env: env && { ...env } }) };
}
