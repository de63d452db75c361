import { hostname, userInfo } from "node:os";
import { resolve } from "node:path";
import { CassetteError } from "@cassette/format";
import { type DefaultConfig, environmentSecrets, secretVariables } from "@cassette/scrub";
import { type ObservedName, observeNames, type SystemNames, unmaskedNames } from "./observed-names.js";
import { readRules } from "./read-rules.js";

/** What a scrubber knows about the machine, its user and a rules file; of the environment only secret values. */
export type ScrubSettings = Omit<DefaultConfig, "ruleSet" | "env" | "secretEnv">;

/** Where the secret values of settings come from. */
interface SecretSources {
  /** Names of variables of the environment. */
  variables: readonly string[];
  /** Absolute path of the rules file, if it lists secrets. */
  rulesFile?: string;
}

/** The scrub settings of this process. */
export interface ObservedSettings {
  settings: ScrubSettings;
  sources: SecretSources;
  /** Names that are too short or too common to be masked. */
  unmasked: readonly ObservedName[];
}

/** Where settings come from. */
export interface SettingsSource {
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Path of a rules file. */
  rules?: string;
  /** Variables whose values are always secret. */
  secretEnv?: readonly string[];
  /** Names of accounts. */
  accountIdentifiers?: readonly string[];
}

/**
 * Observes the settings of this process.
 * @throws CassetteError CASSETTE_USAGE if the rules file cannot be read, CASSETTE_RULE_INVALID if it cannot be used.
 */
export async function observeScrubSettings(source: SettingsSource): Promise<ObservedSettings> {
  const { env, cwd, secretEnv: known = [] } = source;
  const given = source.rules === undefined ? {} : await readRules(source.rules);
  const { secretEnv = [], names: listed = [], secrets = [], ...rules } = given;
  demandVariables(secretEnv, source);
  const system = systemNames();
  const home = env.HOME || system.home;
  const ofRules = listed.map((name) => ({ name, sources: ["rules file"] }));
  const names = [...observeNames(env, system), ...ofRules];
  const accountIdentifiers = [...(rules.accountIdentifiers ?? []), ...(source.accountIdentifiers ?? [])];
  const named = [...known, ...secretEnv];
  return {
    settings: {
      ...rules,
      ...(home && { home }),
      ...(isDistinctivePath(cwd) && { worktree: cwd }),
      accountIdentifiers,
      names: names.map(({ name }) => name),
      secrets: [...secrets, ...environmentSecrets(env, named)],
    },
    sources: {
      variables: secretVariables(env, named).sort(),
      ...(source.rules !== undefined && secrets.length > 0 && { rulesFile: resolve(cwd, source.rules) }),
    },
    unmasked: unmaskedNames(names, accountIdentifiers),
  };
}

/** @throws CassetteError CASSETTE_RULE_INVALID for a variable that does not exist. */
function demandVariables(names: readonly string[], { env, rules: file }: SettingsSource): void {
  const missing = names.find((name) => env[name] === undefined);
  if (missing === undefined) return;
  throw new CassetteError("CASSETTE_RULE_INVALID", `There is no variable ${missing} in the environment.`, {
    file,
    hint: "A misspelt name would leave its secret unmasked. If there is no secret, set the variable to nothing.",
  });
}

/** Merges two settings; for a single value, the first wins. */
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

/** `/tmp` is everywhere; a path below it shows who worked where. */
function isDistinctivePath(dir: string): boolean {
  return dir.split("/").length > 2;
}

/** The user may have no entry in the user database. */
function systemNames(): SystemNames {
  const host = hostname();
  try {
    const { username: user, homedir: home } = userInfo();
    return { user, home, host };
  } catch {
    return { host };
  }
}
