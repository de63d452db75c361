import {
  ARTIFACT,
  type Discovery,
  type FinalRecord,
  type JsonValue,
  type Manifest,
  type Quota,
  type Redactor,
} from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import type { ArtifactReport } from "./report-builder.js";
import { remainingSecrets, secretRemains } from "./secret-remains.js";

/** The `.json` artifacts of a recording, scrubbed. */
export interface ScrubbedFacts {
  manifest: Manifest;
  final: FinalRecord;
  quota: Quota | null;
  discovery: Discovery | null;
}

type FactName = keyof ScrubbedFacts;

/** Fields that are the format's own: numbers, ids and digests. */
const KEPT: Record<FactName, readonly string[]> = {
  manifest: ["version", "id", "content_digest"],
  final: ["seq", "t_ms", "exit", "duration_ms"],
  quota: [],
  discovery: [],
};

/**
 * Scrubs the stated facts of a recording. Numbers, ids and digests of the format itself stay.
 * @throws CassetteError CASSETTE_SECRET_REMAINS if a secret remains.
 */
export function scrubFacts(source: Cassette, redactor: Redactor, found: ArtifactReport[]): ScrubbedFacts {
  function scrub<T extends object>(name: FactName, value: T): T {
    const { open, scrubbed, report } = scrubFields(name, value, redactor);
    const artifact = ARTIFACT[name];
    found.push([artifact, report]);
    const [remains] = remainingSecrets(redactor.scrubJson(open).report, { artifact });
    if (remains) throw secretRemains(remains, source.dir);
    return scrubbed;
  }

  const { manifest, final, quota, discovery } = source;
  const { optional: { integrity: _, ...optional } = {}, ...rest } = manifest;
  const open = Object.keys(optional).length > 0 ? { ...rest, optional } : rest;
  return {
    manifest: scrub("manifest", open),
    final: scrub("final", final),
    quota: quota && scrub("quota", quota),
    discovery: discovery && scrub("discovery", discovery),
  };
}

/**
 * Scrubs facts before they are recorded, so that a spool contains no known secret.
 * @param redactor null leaves them unchanged.
 * @returns the facts, and what was found, for `found` of {@link SealOptions}.
 */
export function scrubStatedFacts<T extends Partial<Record<FactName, object>>>(
  facts: T,
  redactor: Redactor | null,
): { facts: T; found: ArtifactReport[] } {
  if (!redactor) return { facts, found: [] };
  const found: ArtifactReport[] = [];
  const scrubbed = { ...facts };
  for (const name of Object.keys(KEPT) as FactName[]) {
    if (facts[name] === undefined) continue;
    // Drafts may have undefined fields, which JSON does not have.
    const result = scrubFields(name, JSON.parse(JSON.stringify(facts[name])), redactor);
    scrubbed[name] = result.scrubbed;
    found.push([ARTIFACT[name], result.report]);
  }
  return { facts: scrubbed, found };
}

/** Scrubs all fields but those that are kept. */
function scrubFields<T extends object>(name: FactName, value: T, redactor: Redactor) {
  const fields = Object.entries(value).filter(([field]) => !KEPT[name].includes(field));
  const { value: open, report } = redactor.scrubJson(Object.fromEntries(fields) as JsonValue);
  return { open, scrubbed: { ...value, ...(open as Partial<T>) }, report };
}
