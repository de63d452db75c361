import {
  type ArtifactName,
  DOCUMENTS,
  type DocumentTypes,
  documentNames,
  type FoundDocuments,
  type FreeMap,
  type Redactor,
  type ScrubReport,
} from "@cassette/format";
import type { Cassette } from "../reader/cassette.js";
import type { ArtifactReport } from "./report-builder.js";
import { scrubUnknownFields } from "./scrub-records.js";
import { remainingSecrets, secretRemains } from "./secret-remains.js";

/** The `.json` artifacts of a recording, scrubbed. */
export type ScrubbedFacts = FoundDocuments & Pick<DocumentTypes, "manifest" | "final">;

type FactName = keyof ScrubbedFacts;

const FACT_NAMES = documentNames.filter((name) => name !== "scrubReport");

/**
 * Scrubs the stated facts of a recording. Numbers, ids and digests of the format itself stay.
 * @throws CassetteError CASSETTE_SECRET_REMAINS if a secret remains.
 */
export function scrubFacts(source: Cassette, redactor: Redactor, found: ArtifactReport[]): ScrubbedFacts {
  const add = (artifact: ArtifactName, report: ScrubReport) => found.push([artifact, report]);

  function scrub<T extends object>(name: FactName, value: T): T {
    const artifact = DOCUMENTS[name].file;
    const known = scrubUnknownFields(value, artifact, { redactor, file: source.dir, add });
    const { open, scrubbed, report } = scrubFields(name, known, redactor);
    add(artifact, report);
    const [remains] = remainingSecrets(redactor.scrubJson(open).report, { artifact });
    if (remains) throw secretRemains(remains, source.dir);
    return scrubbed;
  }

  const { optional: { integrity: _, ...optional } = {}, ...rest } = source.manifest;
  const manifest = Object.keys(optional).length > 0 ? { ...rest, optional } : rest;
  const facts = { ...source, manifest };
  const scrubbed = FACT_NAMES.map((name) => [name, facts[name] && scrub(name, facts[name])]);
  return Object.fromEntries(scrubbed) as ScrubbedFacts;
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
  for (const name of FACT_NAMES) {
    if (facts[name] === undefined) continue;
    // Drafts may have undefined fields, which JSON does not have.
    const result = scrubFields(name, JSON.parse(JSON.stringify(facts[name])), redactor);
    scrubbed[name] = result.scrubbed;
    found.push([DOCUMENTS[name].file, result.report]);
  }
  return { facts: scrubbed, found };
}

/** Scrubs all fields but those that are kept. What stays the same is the same object, so that unknown fields in it keep their spelling. */
function scrubFields<T extends object>(name: FactName, value: T, redactor: Redactor) {
  const kept: readonly string[] = DOCUMENTS[name].kept;
  const fields = Object.entries(value).filter(([field]) => !kept.includes(field));
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
    if (!isContainer(a) || !isContainer(b) || !haveSameNames(a, b)) return false;
    for (const name of Object.keys(a)) pairs.push([a[name], b[name]]);
  }
  return true;
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function haveSameNames(a: object, b: object): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name));
}
