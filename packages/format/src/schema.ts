import type { DocumentName } from "./lib/artifacts.js";
import type { Manifest } from "./lib/manifest.js";
import type {
  FinalRecord,
  FrameRecord,
  InputRecord,
  OutputRecord,
  ServiceEventRecord,
} from "./lib/records.js";
import type { Discovery, DocumentTypes, Quota, ScrubReport } from "./lib/reports.js";
import { readCanonicalOutput, writeCanonicalOutput } from "./lib/wire/canonical-output.js";
import { type Codec, createCodec } from "./lib/wire/codec.js";
import type { Layout } from "./lib/wire/json-encode.js";
import type { TextLocation } from "./lib/wire/json-tokens.js";
import { checkManifest } from "./lib/wire/manifest-check.js";
import { frameSchema, inputSchema, outputSchema, serviceEventSchema } from "./lib/wire/record-schemas.js";
import { documentSchemas } from "./lib/wire/report-schemas.js";
import { hasUnknownFields } from "./lib/wire/spellings.js";
import { decodeUtf8 } from "./lib/wire/utf8.js";

export { decodeBase64, encodeBase64 } from "./lib/wire/base64.js";
export { encodeJsonText, isJsonText, jsonText } from "./lib/wire/json-text.js";
export type { TextLocation } from "./lib/wire/json-tokens.js";
export { hasUnknownFields, mapUnknownFields } from "./lib/wire/spellings.js";
export { decodeUtf8 } from "./lib/wire/utf8.js";

const documents = createDocumentCodecs();
const input = createCodec(inputSchema, "compact");
const output = createCodec(outputSchema, "compact");
const frame = createCodec(frameSchema, "compact");
const serviceEvent = createCodec(serviceEventSchema, "compact");

// Every parser takes one JSON text and its location, and throws CassetteError: CASSETTE_JSON_INVALID or
// CASSETTE_JSON_TRUNCATED (not one JSON value), CASSETTE_KEY_INVALID (a key twice, or known but for its case),
// CASSETTE_FIELD_INVALID (missing, of another type, out of range), CASSETTE_BASE64_INVALID, CASSETTE_LIMIT_EXCEEDED.
// Unknown fields are kept, and written again as they are spelled unless their values were changed. Every encoder gives the bytes the Go writer would.

/** Parses one of the `.json` files. @throws CassetteError for the manifest also as {@link parseManifest}. */
export function parseDocument<Name extends DocumentName>(
  name: Name,
  text: string,
  where: TextLocation,
): DocumentTypes[Name] {
  return documents[name].parse(text, where);
}

/** Encodes one of the `.json` files, final newline included; "compact" gives one line without it. */
export function encodeDocument<Name extends DocumentName>(
  name: Name,
  value: DocumentTypes[Name],
  layout: Layout = "indented",
): string {
  return documents[name].encode(value, layout);
}

/**
 * Parses `manifest.json`.
 * @throws CassetteError as every parser, and CASSETTE_VERSION_MISSING, CASSETTE_VERSION_UNSUPPORTED,
 * CASSETTE_ID_MISSING, CASSETTE_DIGEST_MISSING, CASSETTE_FEATURE_UNKNOWN, CASSETTE_EMULATOR_MISSING,
 * CASSETTE_RESOLUTION_INVALID.
 */
export function parseManifest(text: string, where: TextLocation): Manifest {
  return parseDocument("manifest", text, where);
}

/** Encodes `manifest.json`, final newline included. */
export function encodeManifest(value: Manifest): string {
  return encodeDocument("manifest", value);
}

/** Parses `final.json`. */
export function parseFinalRecord(text: string, where: TextLocation): FinalRecord {
  return parseDocument("final", text, where);
}

/** Encodes `final.json`, final newline included; "compact" gives one line without it, for listings. */
export function encodeFinalRecord(value: FinalRecord, layout: Layout = "indented"): string {
  return encodeDocument("final", value, layout);
}

/** Parses `scrub-report.json`. */
export function parseScrubReport(text: string, where: TextLocation): ScrubReport {
  return parseDocument("scrubReport", text, where);
}

/** Encodes `scrub-report.json`, final newline included. */
export function encodeScrubReport(value: ScrubReport): string {
  return encodeDocument("scrubReport", value);
}

/** Parses `quota.json`. */
export function parseQuota(text: string, where: TextLocation): Quota {
  return parseDocument("quota", text, where);
}

/** Encodes `quota.json`, final newline included. */
export function encodeQuota(value: Quota): string {
  return encodeDocument("quota", value);
}

/** Parses `discovery.json`. */
export function parseDiscovery(text: string, where: TextLocation): Discovery {
  return parseDocument("discovery", text, where);
}

/** Encodes `discovery.json`, final newline included. */
export function encodeDiscovery(value: Discovery): string {
  return encodeDocument("discovery", value);
}

/** Parses one line of `input.jsonl`. */
export function parseInputRecord(line: string, where: TextLocation): InputRecord {
  return input.parse(line, where);
}

/** Encodes one line of `input.jsonl`, without its newline. */
export function encodeInputRecord(record: InputRecord): string {
  return input.encode(record);
}

/** Parses one line of `output.jsonl`. */
export function parseOutputRecord(line: string, where: TextLocation): OutputRecord {
  return output.parse(line, where);
}

/**
 * Parses one line of `output.jsonl` in `bytes[start, end)`, without its newline: as {@link parseOutputRecord}, but
 * several times faster when the line is spelled as every writer spells it.
 */
export function parseOutputLine(
  bytes: Uint8Array,
  start: number,
  end: number,
  where: TextLocation,
): OutputRecord {
  return readCanonicalOutput(bytes, start, end) ?? output.parse(decodeUtf8(bytes, start, end, where), where);
}

/** Encodes one line of `output.jsonl`, without its newline. */
export function encodeOutputRecord(record: OutputRecord): string {
  return output.encode(record);
}

/**
 * Encodes one line of `output.jsonl`, newline included: the bytes of {@link encodeOutputRecord}, several times faster,
 * for a record whose numbers are natural and whose digest is hexadecimal. Of further fields only those that were read are written.
 */
export function encodeOutputLine(record: OutputRecord): string {
  return hasUnknownFields(record) ? `${output.encode(record)}\n` : writeCanonicalOutput(record);
}

/** Parses one line of `frames.jsonl`. */
export function parseFrameRecord(line: string, where: TextLocation): FrameRecord {
  return frame.parse(line, where);
}

/** Encodes one line of `frames.jsonl`, without its newline. */
export function encodeFrameRecord(record: FrameRecord): string {
  return frame.encode(record);
}

/** Parses one line of `service-events.jsonl`; the payload is kept as its text. */
export function parseServiceEventRecord(line: string, where: TextLocation): ServiceEventRecord {
  return serviceEvent.parse(line, where);
}

/** Encodes one line of `service-events.jsonl`, without its newline. */
export function encodeServiceEventRecord(record: ServiceEventRecord): string {
  return serviceEvent.encode(record);
}

type DocumentCodecs = { [Name in DocumentName]: Codec<DocumentTypes[Name]> };

function createDocumentCodecs(): DocumentCodecs {
  const codecs = Object.entries(documentSchemas).map(([name, schema]) => [
    name,
    createCodec<unknown>(schema, "indented", name === "manifest" ? checkManifest : undefined),
  ]);
  return Object.fromEntries(codecs) as DocumentCodecs;
}
