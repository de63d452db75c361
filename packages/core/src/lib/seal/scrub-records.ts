import {
  ARTIFACT,
  type ArtifactName,
  type FreeMap,
  type InputRecord,
  type JsonValue,
  type Redactor,
  type ScrubReport,
  type ServiceEventRecord,
} from "@cassette/format";
import { encodeJsonText, mapUnknownFields } from "@cassette/format/schema";
import type { Cassette } from "../reader/cassette.js";
import { joinWithheld } from "./join-withheld.js";
import type { ArtifactReport, ReportBuilder } from "./report-builder.js";
import { remainingSecrets, secretRemains } from "./secret-remains.js";

/**
 * Scrubs all input records together, since a secret is typed key by key; by their `seq`, null for those that are left out.
 * @param typedAhead records that are withheld because a prompt read them later.
 * @throws CassetteError CASSETTE_SECRET_REMAINS if a secret remains.
 */
export async function scrubInputs(
  source: Cassette,
  redactor: Redactor,
  found: ArtifactReport[],
  typedAhead: ReadonlyMap<number, InputRecord> = new Map(),
): Promise<Map<number, InputRecord | null>> {
  const records: InputRecord[] = [];
  const unknown: UnknownFieldsScrub = {
    redactor,
    file: source.dir,
    add: (artifact, report) => found.push([artifact, report]),
  };
  for await (const read of source.inputs()) {
    const record = scrubUnknownFields(read, ARTIFACT.input, unknown);
    records.push(typedAhead.get(record.seq) ?? record);
  }
  const scrubbed = redactor.scrubInputs(records);
  found.push([ARTIFACT.input, scrubbed.report]);
  const [remains] = remainingSecrets(redactor.scrubInputs(scrubbed.records).report, {
    artifact: ARTIFACT.input,
  });
  if (remains) throw secretRemains(remains, source.dir);
  const bySeq = new Map<number, InputRecord | null>(scrubbed.records.map((record) => [record.seq, record]));
  for (const [seq, record] of joinWithheld(scrubbed.records)) bySeq.set(seq, record);
  return bySeq;
}

/**
 * Scrubs one payload. One without a hit keeps its spelling; the other is encoded again, so that no second spelling remains.
 * @param file the recording, for errors.
 * @throws CassetteError CASSETTE_SECRET_REMAINS if a secret remains.
 */
export function scrubPayload(
  read: ServiceEventRecord,
  redactor: Redactor,
  builder: ReportBuilder,
  file: string,
): ServiceEventRecord {
  const { value, found } = scanJson(read.payload.json, redactor);
  builder.add(ARTIFACT.serviceEvents, found);
  const record = scrubUnknownFields(read, ARTIFACT.serviceEvents, { redactor, file, add: builder.add });
  if (found.status !== "redacted") return record;
  const payload = encodeJsonText(value);
  const { seq, t_ms } = record;
  const again = scanJson(payload.json, redactor).found;
  const [remains] = remainingSecrets(again, { artifact: ARTIFACT.serviceEvents, seq, t_ms });
  if (remains) throw secretRemains(remains, file);
  return { ...record, payload };
}

/** What scrubbing of unknown fields needs. */
export interface UnknownFieldsScrub {
  redactor: Redactor;
  /** The recording, for errors. */
  file: string;
  add(artifact: ArtifactName, report: ScrubReport): void;
}

/**
 * Scrubs the fields that version 1 does not know, in a record and in the objects inside it. Those without a hit keep their spelling.
 * @throws CassetteError CASSETTE_SECRET_REMAINS if a secret remains.
 */
export function scrubUnknownFields<T extends object>(
  record: T,
  artifact: ArtifactName,
  { redactor, file, add }: UnknownFieldsScrub,
): T {
  return mapUnknownFields(record, (json) => {
    const { value, found } = scanJson(json, redactor);
    if (found.status !== "redacted") return null;
    add(artifact, found);
    const [remains] = remainingSecrets(scanJson(encodeJsonText(value).json, redactor).found, { artifact });
    if (remains) throw secretRemains(remains, file);
    return value as FreeMap;
  });
}

/** `<`, `>` and `&` as escaped in JSON for web pages; after one of them `u003e@host.example` would look like an address. */
const HTML_SAFE = /\\u00(3c|3e|26)/gi;

function readable(_: string, code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16));
}

function scanJson(json: string, redactor: Redactor): { value: JsonValue; found: ScrubReport } {
  const { value, report } = redactor.scrubJson(JSON.parse(json));
  // A key that occurs twice has a value that parsing does not show.
  const asText = redactor.scrubText(json.replace(HTML_SAFE, readable)).report;
  return { value, found: [report, asText].find(({ status }) => status === "redacted") ?? report };
}
