import { ARTIFACT, type InputRecord, type Redactor, type ServiceEventRecord } from "@cassette/format";
import { encodeJsonText } from "@cassette/format/schema";
import type { Cassette } from "../reader/cassette.js";
import type { Found, ReportBook } from "./report-book.js";

/** Scrubs all input records together, since a secret is typed key by key; by their `seq`. */
export async function scrubInputs(
  source: Cassette,
  redactor: Redactor,
  found: Found[],
): Promise<Map<number, InputRecord>> {
  const records: InputRecord[] = [];
  for await (const record of source.inputs()) records.push(record);
  const scrubbed = redactor.scrubInputs(records);
  found.push([ARTIFACT.input, scrubbed.report]);
  return new Map(scrubbed.records.map((record) => [record.seq, record]));
}

/** Scrubs one payload. One without a hit keeps its spelling; the other is written anew, so that no second spelling stays. */
export function scrubPayload(
  record: ServiceEventRecord,
  redactor: Redactor,
  book: ReportBook,
): ServiceEventRecord {
  const { value, report } = redactor.scrubJson(JSON.parse(record.payload.json));
  // A key that stands twice has a value that parsing does not show.
  const asText = redactor.scrubText(record.payload.json).report;
  const found = [report, asText].find(({ status }) => status === "redacted");
  book.add(ARTIFACT.serviceEvents, found ?? report);
  return found === undefined ? record : { ...record, payload: encodeJsonText(value) };
}
