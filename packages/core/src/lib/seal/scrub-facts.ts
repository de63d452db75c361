import {
  ARTIFACT,
  type ArtifactName,
  type Discovery,
  type FinalRecord,
  type JsonValue,
  type Manifest,
  type Quota,
  type Redactor,
} from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import type { Found } from "./report-book.js";
import { remainsIn, secretRemains } from "./secret-remains.js";

/** The `.json` artifacts of a recording, scrubbed. */
export interface ScrubbedFacts {
  manifest: Manifest;
  final: FinalRecord;
  quota: Quota | null;
  discovery: Discovery | null;
}

/**
 * Scrubs the stated facts of a recording. Numbers, ids and digests of the format itself stay.
 * @throws CassetteError CASSETTE_SECRET_REMAINS if it still holds something afterwards.
 */
export function scrubFacts(source: Cassette, redactor: Redactor, found: Found[]): ScrubbedFacts {
  /** Scrubs all fields of an object but those that are kept. */
  function scrub<T extends object>(artifact: ArtifactName, value: T, ...kept: (keyof T)[]): T {
    const open = Object.entries(value).filter(([name]) => !kept.includes(name as keyof T));
    const { value: scrubbed, report } = redactor.scrubJson(Object.fromEntries(open) as JsonValue);
    found.push([artifact, report]);
    const [remains] = remainsIn(redactor.scrubJson(scrubbed).report, { artifact });
    if (remains) throw secretRemains(remains, source.dir);
    return { ...value, ...(scrubbed as Partial<T>) };
  }

  const { manifest, final, quota, discovery } = source;
  const { optional: { integrity: _, ...optional } = {}, ...rest } = manifest;
  const open = Object.keys(optional).length > 0 ? { ...rest, optional } : rest;
  return {
    manifest: scrub(ARTIFACT.manifest, open, "version", "id", "content_digest"),
    final: scrub(ARTIFACT.final, final, "seq", "t_ms", "exit", "duration_ms"),
    quota: quota && scrub(ARTIFACT.quota, quota),
    discovery: discovery && scrub(ARTIFACT.discovery, discovery),
  };
}
