import * as v from "valibot";
import type { DocumentName } from "../artifacts.js";
import type { Discovery, DocumentTypes, Quota, ScrubReport } from "../reports.js";
import { counts, freeMap, text, texts } from "./fields.js";
import { manifestSchema } from "./manifest-schema.js";
import { finalSchema } from "./record-schemas.js";

// Order of entries is order on the wire; `optional` is left out when empty.

/** `scrub-report.json`. */
const scrubReportSchema: v.GenericSchema<unknown, ScrubReport> = v.looseObject({
  status: text,
  rules: v.nullable(texts),
  hit_counts: v.nullable(counts),
  env_allowlist: v.optional(texts),
  intentionally_preserved: v.optional(texts),
  rule_sets: v.optional(freeMap),
  artifacts: v.optional(freeMap),
  skipped: v.optional(freeMap),
});

/** `quota.json`. */
const quotaSchema: v.GenericSchema<unknown, Quota> = v.looseObject({
  source: text,
  status: text,
  captured_at: v.optional(text),
  freshness_window: v.optional(text),
  staleness_behavior: v.optional(text),
  account_class: v.optional(text),
  windows: v.optional(v.array(v.nullable(freeMap))),
  metadata: v.optional(freeMap),
});

/** `discovery.json`. */
const discoverySchema: v.GenericSchema<unknown, Discovery> = v.looseObject({
  source: text,
  status: text,
  models: v.optional(texts),
  reasoning_levels: v.optional(texts),
  captured_at: v.optional(text),
  freshness_window: v.optional(text),
  staleness_behavior: v.optional(text),
  metadata: v.optional(freeMap),
});

/** The schema of each document. */
export const documentSchemas: { [Name in DocumentName]: v.GenericSchema<unknown, DocumentTypes[Name]> } = {
  manifest: manifestSchema,
  final: finalSchema,
  scrubReport: scrubReportSchema,
  quota: quotaSchema,
  discovery: discoverySchema,
};
