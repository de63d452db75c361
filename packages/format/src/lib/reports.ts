import type { FreeMap } from "./json.js";
import type { Manifest } from "./manifest.js";
import type { FinalRecord } from "./records.js";

/** What each document holds. */
export interface DocumentTypes extends OptionalDocuments {
  manifest: Manifest;
  final: FinalRecord;
  scrubReport: ScrubReport;
}

/** What the documents hold that a cassette need not have. */
export interface OptionalDocuments {
  quota: Quota;
  discovery: Discovery;
}

/** What documents hold; null for those that a cassette does not have. */
export type FoundDocuments = { [Name in keyof OptionalDocuments]: OptionalDocuments[Name] | null };

/** `quota.json`: evidence of quota windows. */
export interface Quota {
  source: string;
  status: string;
  /** RFC 3339. */
  captured_at?: string;
  freshness_window?: string;
  staleness_behavior?: string;
  account_class?: string;
  windows?: (FreeMap | null)[];
  metadata?: FreeMap;
}

/** `discovery.json`: evidence of models and capabilities. */
export interface Discovery {
  source: string;
  status: string;
  models?: string[];
  reasoning_levels?: string[];
  captured_at?: string;
  freshness_window?: string;
  staleness_behavior?: string;
  metadata?: FreeMap;
}

/** Key in `skipped` of a scrub report for screens that no frame shows. Everything else there is under the name of its artifact. */
export const SKIPPED_SCREENS = "screens";

/** `scrub-report.json`: what was redacted, by which rules. */
export interface ScrubReport {
  /** "clean", "redacted" or "not-run"; a reader accepts any word. */
  status: string;
  /** Names of the rules that ran, sorted; null if the writer left them out. */
  rules: string[] | null;
  /** How often each rule hit; null if the writer left them out. */
  hit_counts: Record<string, number> | null;
  env_allowlist?: string[];
  intentionally_preserved?: string[];
  /** Versions of the rule sets that ran. Ours. */
  rule_sets?: FreeMap;
  /** Hits per artifact. Ours. */
  artifacts?: FreeMap;
  /** What was not scanned, and why. Ours. */
  skipped?: FreeMap;
}
