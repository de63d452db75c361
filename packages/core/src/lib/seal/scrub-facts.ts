import {
  ARTIFACT,
  type ArtifactName,
  type Discovery,
  type FinalRecord,
  type FreeMap,
  type Manifest,
  type Quota,
  type Redactor,
  type ScrubReport,
} from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import type { Found } from "./report-builder.js";
import { scrubUnknownFields } from "./scrub-records.js";
import { remainsIn, secretRemains } from "./secret-remains.js";

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
 * @throws CassetteError CASSETTE_SECRET_REMAINS if it still holds something afterwards.
 */
export function scrubFacts(source: Cassette, redactor: Redactor, found: Found[]): ScrubbedFacts {
  const add = (artifact: ArtifactName, report: ScrubReport) => found.push([artifact, report]);

  function scrub<T extends object>(name: FactName, value: T): T {
    const artifact = ARTIFACT[name];
    const known = scrubUnknownFields(value, artifact, { redactor, file: source.dir, add });
    const { open, scrubbed, report } = scrubFields(name, known, redactor);
    add(artifact, report);
    const [remains] = remainsIn(redactor.scrubJson(open).report, { artifact });
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
 * Scrubs facts before they are recorded, so that a spool holds no secret that was known beforehand.
 * @param redactor null leaves them as they are.
 * @returns the facts, and what was found, for `found` of {@link SealOptions}.
 */
export function scrubStatedFacts<T extends Partial<Record<FactName, object>>>(
  facts: T,
  redactor: Redactor | null,
): { facts: T; found: Found[] } {
  if (!redactor) return { facts, found: [] };
  const found: Found[] = [];
  const scrubbed = { ...facts };
  for (const name of Object.keys(KEPT) as FactName[]) {
    if (facts[name] === undefined) continue;
    // Drafts may have fields that are undefined, which is no JSON.
    const result = scrubFields(name, JSON.parse(JSON.stringify(facts[name])), redactor);
    scrubbed[name] = result.scrubbed;
    found.push([ARTIFACT[name], result.report]);
  }
  return { facts: scrubbed, found };
}

/** Scrubs all fields but those that are kept. What stays the same is the same object, so that unknown fields in it keep their spelling. */
function scrubFields<T extends object>(name: FactName, value: T, redactor: Redactor) {
  const fields = Object.entries(value).filter(([field]) => !KEPT[name].includes(field));
  const { value: open, report } = redactor.scrubJson(Object.fromEntries(fields));
  const scrubbed = { ...value } as Record<string, unknown>;
  for (const [field, given] of fields) {
    if (!isSameJson((open as FreeMap)[field], given)) delete scrubbed[field];
  }
  return { open, scrubbed: { ...(open as FreeMap), ...scrubbed } as T, report };
}

/** Compares values of any depth; it does not recurse. */
function isSameJson(left: unknown, right: unknown): boolean {
  const pairs = [[left, right]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [a, b] = pair;
    if (Object.is(a, b)) continue;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
    const names = Object.keys(a);
    if (names.length !== Object.keys(b).length || !names.every((name) => Object.hasOwn(b, name)))
      return false;
    for (const name of names) pairs.push([a[name as keyof typeof a], b[name as keyof typeof b]]);
  }
  return true;
}
