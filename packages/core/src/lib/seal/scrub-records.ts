import {
  ARTIFACT,
  type InputRecord,
  type JsonText,
  type JsonValue,
  type Redactor,
  type ScrubReport,
  type ServiceEventRecord,
} from "@cassette/format";
import { encodeJsonText } from "@cassette/format/schema";
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
  for await (const record of source.inputs()) records.push(typedAhead.get(record.seq) ?? record);
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
  record: ServiceEventRecord,
  redactor: Redactor,
  builder: ReportBuilder,
  file: string,
): ServiceEventRecord {
  const { value, found } = scanPayload(record.payload, redactor);
  builder.add(ARTIFACT.serviceEvents, found);
  if (found.status !== "redacted") return record;
  const payload = encodeJsonText(value);
  const { seq, t_ms } = record;
  const again = scanPayload(payload, redactor).found;
  const [remains] = remainingSecrets(again, { artifact: ARTIFACT.serviceEvents, seq, t_ms });
  if (remains) throw secretRemains(remains, file);
  return { ...record, payload };
}

/** `<`, `>` and `&` as escaped in JSON for web pages; after one of them `u003e@host.example` would look like an address. */
const HTML_SAFE = /\\u00(3c|3e|26)/gi;

function readable(_: string, code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16));
}

function scanPayload(payload: JsonText, redactor: Redactor): { value: JsonValue; found: ScrubReport } {
  const { value, report } = redactor.scrubJson(JSON.parse(payload.json));
  // A key that occurs twice has a value that parsing does not show.
  const asText = redactor.scrubText(payload.json.replace(HTML_SAFE, readable)).report;
  return { value, found: [report, asText].find(({ status }) => status === "redacted") ?? report };
}
