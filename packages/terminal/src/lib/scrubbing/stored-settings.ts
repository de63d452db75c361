import type { ArtifactReport } from "@cassette/core";
import { ARTIFACT, CassetteError, type JsonValue } from "@cassette/format";
import { secretVariables, type UserRule } from "@cassette/scrub";
import { readRulesNamedBySpool } from "./read-rules.js";
import type { ObservedSettings, ScrubSettings } from "./scrub-settings.js";

/** Fields of the settings that are lists of strings. Only older versions stored `secrets`. */
const LISTS = ["names", "secrets", "allow", "accountIdentifiers", "intentionallyPreserved"] as const;

/** How to restore the settings of a spool. */
export interface RestoreOptions {
  /** Path of the spool, for errors. */
  spool: string;
  env: NodeJS.ProcessEnv;
  /** Variables and rules files that may be missing; then their secrets are not masked. */
  withoutSecrets: readonly string[];
}

/** What a spool stores for a recovery. */
export interface Restored {
  settings: ScrubSettings;
  /** What was found and masked before it was recorded. */
  found: readonly ArtifactReport[];
}

/**
 * The settings that a spool stores: no secret value, only where each came from.
 * @param found what was found and masked before it was recorded.
 */
export function storedSettings(
  { settings, sources }: ObservedSettings,
  found: readonly ArtifactReport[],
): JsonValue {
  const { secrets: _, ...kept } = settings;
  const { variables: secretVariables, rulesFile: secretsFile } = sources;
  const hits = Object.fromEntries(found.map(([artifact, { hit_counts }]) => [artifact, hit_counts]));
  return JSON.parse(JSON.stringify({ ...kept, secretVariables, secretsFile, hits }));
}

/**
 * Restores the settings of a recording from its spool, with the secret values that the environment and the rules file have
 * now. A spool is untrusted input; one written by the library may have no settings at all.
 * @throws CassetteError CASSETTE_RECOVER_FAILED if a value is missing or the settings are malformed.
 */
export async function restoreSettings(
  kept: JsonValue,
  { spool, env, withoutSecrets }: RestoreOptions,
): Promise<Restored> {
  const { variables, rulesFile, settings, found } = parseKept(kept, spool);
  const isWanted = (source: string) => !withoutSecrets.includes(source);
  const wanted = variables.filter(isWanted);
  const known = new Set(secretVariables(env, wanted));
  const missing = wanted.filter((name) => !known.has(name));
  const secrets = wanted.flatMap((name) => env[name] ?? []);
  if (rulesFile !== undefined && isWanted(rulesFile)) {
    const listed = (await readRulesNamedBySpool(rulesFile))?.secrets ?? [];
    if (listed.length === 0) missing.push(rulesFile);
    secrets.push(...listed);
  }
  if (missing.length > 0) throw secretsMissing(missing, spool);
  return { settings: { ...settings, secrets: [...(settings.secrets ?? []), ...secrets] }, found };
}

interface Kept extends Restored {
  variables: readonly string[];
  rulesFile?: string;
}

function parseKept(kept: JsonValue, spool: string): Kept {
  if (kept === null) return { variables: [], settings: {}, found: [] };
  try {
    return parseFields(kept);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    const message = "The spool's settings for scrubbing are malformed.";
    throw new CassetteError("CASSETTE_RECOVER_FAILED", message, { file: spool, cause });
  }
}

/** @throws TypeError. */
function parseFields(fields: JsonValue): Kept {
  const kept = mapOf(fields);
  const { home, worktree, rules, secretVariables, secretsFile, hits } = kept;
  const lists = Object.fromEntries(LISTS.map((name) => [name, textsIn(kept[name])]));
  if (lists.accountIdentifiers?.some(({ length }) => length < 2)) throw new TypeError("a short identifier");
  return {
    variables: textsIn(secretVariables),
    rulesFile: textOrNothing(secretsFile),
    found: foundIn(hits),
    settings: {
      ...(home !== undefined && { home: text(home) }),
      ...(worktree !== undefined && { worktree: text(worktree) }),
      rules: listIn(rules).map(ruleIn),
      ...lists,
    },
  };
}

function text(value: JsonValue | undefined): string {
  if (typeof value === "string") return value;
  throw new TypeError("no text");
}

function textOrNothing(value: JsonValue | undefined): string | undefined {
  return value === undefined ? undefined : text(value);
}

function listIn(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw new TypeError("no list");
}

function textsIn(value: JsonValue | undefined): string[] {
  return listIn(value).map(text);
}

function ruleIn(value: JsonValue): UserRule {
  const { name, pattern } = mapOf(value);
  return { name: text(name), pattern: text(pattern) };
}

function foundIn(hits: JsonValue | undefined): ArtifactReport[] {
  return Object.entries(mapOf(hits ?? {})).map(([name, counts]) => {
    const artifact = Object.values(ARTIFACT).find((known) => known === name);
    if (artifact === undefined) throw new TypeError("no artifact");
    const hit_counts = Object.fromEntries(Object.entries(mapOf(counts)).map(([rule, n]) => [rule, count(n)]));
    return [artifact, { status: "redacted", rules: Object.keys(hit_counts), hit_counts }];
  });
}

function count(value: JsonValue): number {
  if (Number.isSafeInteger(value) && Number(value) > 0) return Number(value);
  throw new TypeError("no count");
}

function mapOf(value: JsonValue): Readonly<Record<string, JsonValue>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new TypeError("no map");
}

function secretsMissing(sources: readonly string[], file: string): CassetteError {
  const list = sources.join(", ");
  return new CassetteError(
    "CASSETTE_RECOVER_FAILED",
    `The sources of secrets to mask in this recording are missing here: ${list}.`,
    {
      file,
      hint: "Set each variable to the value it had and put the rules file back, or give one up: --without-secret NAME.",
    },
  );
}
