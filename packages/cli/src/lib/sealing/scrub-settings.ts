import { readFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { CassetteError, type JsonValue } from "@cassette/format";
import { type DefaultConfig, environmentSecrets } from "@cassette/scrub";
import type { RulesFile } from "./rules-file.js";

/**
 * What a scrubber is told of the machine, its user and a rules file; of the environment only the values that are secret. It is
 * kept in the private spool, so that what is recovered later is scrubbed alike.
 */
export type ScrubSettings = Omit<DefaultConfig, "ruleSet" | "env" | "secretEnv">;

/** Where settings come from. */
export interface SettingsSource {
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Path of a rules file. */
  rules?: string;
  /** Variables whose values are secret whatever their names say. */
  secretEnv?: readonly string[];
  /** Names of accounts. */
  accountIdentifiers?: readonly string[];
}

/**
 * Observes the settings of this process.
 * @throws CassetteError CASSETTE_USAGE if the rules file cannot be read, CASSETTE_RULE_INVALID if it cannot be used.
 */
export async function observeScrubSettings(source: SettingsSource): Promise<ScrubSettings> {
  const { env, cwd, secretEnv: known = [] } = source;
  const given = source.rules === undefined ? {} : await readRules(source.rules);
  const { secretEnv = [], names = [], secrets = [], ...rules } = given;
  const missing = secretEnv.find((name) => env[name] === undefined);
  if (missing !== undefined)
    throw new CassetteError("CASSETTE_RULE_INVALID", `There is no variable ${missing} in the environment.`, {
      file: source.rules,
      hint: "Under a misspelt name nothing would be searched for. Where there is no secret, set it to nothing.",
    });
  return {
    ...rules,
    ...(env.HOME && { home: env.HOME }),
    ...(isTelling(cwd) && { worktree: cwd }),
    accountIdentifiers: [...(rules.accountIdentifiers ?? []), ...(source.accountIdentifiers ?? [])],
    names: [userName(), hostname(), ...names].filter((name) => name !== ""),
    secrets: [...secrets, ...environmentSecrets(env, [...known, ...secretEnv])],
  };
}

/** Settings as they stand in a spool. */
export function settingsToJson(settings: ScrubSettings): JsonValue {
  return JSON.parse(JSON.stringify(settings));
}

/** Settings out of a spool; an older or foreign one may lack some. */
export function settingsFromJson(kept: JsonValue): ScrubSettings {
  return typeof kept === "object" && kept !== null && !Array.isArray(kept) ? (kept as ScrubSettings) : {};
}

/** What either of two settings says; where only one thing can be said, the first. */
export function extendSettings(first: ScrubSettings, second: ScrubSettings): ScrubSettings {
  const lists = [
    "names",
    "secrets",
    "rules",
    "allow",
    "accountIdentifiers",
    "intentionallyPreserved",
  ] as const;
  const both = lists.flatMap((name) => {
    const list = [...(first[name] ?? []), ...(second[name] ?? [])];
    return list.length > 0 ? [[name, [...new Set(list)]]] : [];
  });
  return { ...second, ...first, ...Object.fromEntries(both) };
}

async function readRules(file: string): Promise<RulesFile> {
  const text = await readFile(file, "utf8").catch((cause) => {
    throw new CassetteError("CASSETTE_USAGE", "The rules cannot be read.", { file, cause });
  });
  const { parseRulesFile } = await import("./rules-file.js");
  return parseRulesFile(text, file);
}

/** `/tmp` stands in every other line; a path below it tells who worked where. */
function isTelling(dir: string): boolean {
  return dir.split("/").length > 2;
}

/** A user without an entry in the system's list has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}
