import { readFile } from "node:fs/promises";
import { homedir, hostname, userInfo } from "node:os";
import { CassetteError, type JsonValue } from "@cassette/format";
import { type DefaultConfig, literalSecrets } from "@cassette/scrub";
import type { RulesFile } from "./rules-file.js";

/** What a scrubber is told, in a form that can be kept in a spool: of the environment only the values that are secret. */
export type ScrubSettings = Omit<DefaultConfig, "ruleSet" | "env" | "secretEnv">;

/** Where settings come from. */
export interface SettingsSource {
  /** Path of a rules file. */
  rules?: string;
  env?: NodeJS.ProcessEnv;
  /** Texts known to be secret, such as what a script types. */
  secrets?: readonly string[];
}

/**
 * Gathers what this machine, its user and a rules file tell a scrubber to look for.
 * @throws CassetteError CASSETTE_USAGE if the rules file cannot be read, CASSETTE_RULE_INVALID if it cannot be used.
 */
export async function observeSettings(source: SettingsSource = {}): Promise<ScrubSettings> {
  const { env = process.env, secrets = [] } = source;
  const { secretEnv, ...rules } = source.rules === undefined ? {} : await readRulesFile(source.rules);
  return {
    ...rules,
    home: homedir(),
    worktree: isTelling(process.cwd()) ? process.cwd() : undefined,
    names: [userName(), hostname(), ...(rules.names ?? [])],
    secrets: literalSecrets({ secrets: [...secrets, ...(rules.secrets ?? [])], env, secretEnv }),
  };
}

/** Reads again what {@link asJson} wrote into a spool. */
export function settingsFrom(kept: JsonValue): ScrubSettings {
  return typeof kept === "object" && kept !== null && !Array.isArray(kept) ? (kept as ScrubSettings) : {};
}

/** The settings as a spool keeps them. */
export function asJson(settings: ScrubSettings): JsonValue {
  return JSON.parse(JSON.stringify(settings));
}

async function readRulesFile(file: string): Promise<RulesFile> {
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

/** Empty for a user id that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}
