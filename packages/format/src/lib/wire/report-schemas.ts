import * as v from "valibot";
import type { Discovery, Quota, ScrubReport } from "../reports.js";
import { counts, freeMap, text, texts } from "./fields.js";

// Order of entries is order on the wire; `optional` is left out when empty.

/** `scrub-report.json`. */
export const scrubReportSchema: v.GenericSchema<unknown, ScrubReport> = v.looseObject({
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
export const quotaSchema: v.GenericSchema<unknown, Quota> = v.looseObject({
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
export const discoverySchema: v.GenericSchema<unknown, Discovery> = v.looseObject({
  source: text,
  status: text,
  models: v.optional(texts),
  reasoning_levels: v.optional(texts),
  captured_at: v.optional(text),
  freshness_window: v.optional(text),
  staleness_behavior: v.optional(text),
  metadata: v.optional(freeMap),
});
