import { CassetteError } from "@cassette/format";
import { acrossRows } from "./engine/across-rows.js";
import { byteClass, NOTHING } from "./engine/byte-class.js";
import type { Finder } from "./engine/finder.js";
import { shapeFinder } from "./engine/shape.js";
import { isDistinctiveName } from "./lexicon/ordinary-words.js";
import { isPlaceholder } from "./lexicon/placeholder.js";
import { isSecretField, secrecyOf } from "./lexicon/secret-names.js";
import { ASSIGNMENTS } from "./rules/assignments.js";
import { COMMAND_PASSWORDS } from "./rules/commands.js";
import { EMAILS } from "./rules/emails.js";
import { environmentNames } from "./rules/environment-names.js";
import { BASIC_HEADER, BEARER_HEADER, COOKIES, OTHER_AUTHORIZATION, REGISTRY_AUTH } from "./rules/headers.js";
import { literalFinder, nameFinder, pathFinder } from "./rules/literals.js";
import { privateKeyFinder } from "./rules/private-keys.js";
import { parseTokenTable } from "./rules/token-table.js";
import { COMMON_TOKENS, OTHER_TOKENS } from "./rules/tokens.js";
import { URL_PASSWORDS, URL_SIGNATURES } from "./rules/urls.js";
import { parsePattern } from "./rules/user-pattern.js";
import type { DefaultConfig } from "./scrub-config.js";

const BLANKS = byteClass(" ", "\t", "+", "%");
const SEPARATORS = byteClass(...`=:>"'%`);
const ROW_SEPARATORS = byteClass(...`=:>"'\``);
/** An option, a word, or hardly anything. */
const BEFORE_PASSWORD = /^[^-]{0,12}$| -|pass/;
const SHORTEST_SECRET = 4;
const SHORTEST_ENV_SECRET = 6;

/** All rules of the default set, for a configuration. */
export function defaultFinders(config: DefaultConfig): Finder[] {
  return [
    ...literalFinder("literal-secret", "<redacted>", literalSecrets(config)),
    ...userFinders(config),
    ...tokenFinders(COMMON_TOKENS, false),
    ...tokenFinders(OTHER_TOKENS, true),
    privateKeyFinder(),
    ...[URL_PASSWORDS, URL_SIGNATURES].map((finder) => acrossRows(finder, { isSure: true })),
    acrossRows(REGISTRY_AUTH, { isSure: true, rowOpensBy: SEPARATORS }),
    ...[BEARER_HEADER, BASIC_HEADER].map((finder) =>
      acrossRows(finder, { restAlone: true, opensBy: BLANKS, rowOpensBy: NOTHING }),
    ),
    acrossRows(ASSIGNMENTS, { restAlone: true, opensBy: SEPARATORS, rowOpensBy: ROW_SEPARATORS }),
    acrossRows(OTHER_AUTHORIZATION, { restAlone: true, opensBy: SEPARATORS, rowOpensBy: SEPARATORS }),
    ...COMMAND_PASSWORDS.map((finder) => acrossRows(finder, { before: BEFORE_PASSWORD })),
    acrossRows(COOKIES, { before: /^/ }),
    ...identityFinders(config),
    acrossRows(EMAILS, { goesOn: false }),
  ];
}

function tokenFinders(table: string, plainOnly: boolean): Finder[] {
  return [...parseTokenTable(table)].map(([rule, ofRule]) =>
    shapeFinder({ rule, kind: "secrets", label: "<redacted>", plainOnly }, ofRule),
  );
}

/**
 * Texts that are secret wherever they are.
 * @throws CassetteError CASSETTE_RULE_INVALID: one is too short.
 */
export function literalSecrets({ secrets = [], env = {}, secretEnv = [] }: DefaultConfig): string[] {
  for (const [index, secret] of secrets.entries()) {
    if (secret.length < SHORTEST_SECRET) {
      throw new CassetteError(
        "CASSETTE_RULE_INVALID",
        `Secret ${index + 1} of the list is shorter than ${SHORTEST_SECRET} characters.`,
        { hint: "Text this short matches by accident; mask its surroundings by a rule." },
      );
    }
  }
  return [...secrets, ...environmentSecrets(env, secretEnv)];
}

/**
 * The variables of an environment whose values are secret: those whose names say so (`GITHUB_TOKEN`), unless the value is a
 * path or a placeholder, and those that are named, if their values have four characters.
 */
export function secretVariables(
  env: Readonly<Record<string, string | undefined>>,
  names: readonly string[] = [],
): string[] {
  return Object.keys(env).filter((name) => {
    const { [name]: value = "" } = env;
    if (names.includes(name)) return value.length >= SHORTEST_SECRET;
    return (
      isSecretField(secrecyOf(name), value) &&
      value.length >= SHORTEST_ENV_SECRET &&
      !/^[/.~]/.test(value) &&
      !isPlaceholder(value)
    );
  });
}

/** The values of {@link secretVariables}. */
export function environmentSecrets(
  env: Readonly<Record<string, string | undefined>>,
  names: readonly string[] = [],
): string[] {
  return secretVariables(env, names).map((name) => env[name] ?? "");
}

function userFinders({ rules = [] }: DefaultConfig): Finder[] {
  return rules.map((rule) =>
    shapeFinder({ rule: rule.name, kind: "secrets", label: "<redacted>" }, [parsePattern(rule)]),
  );
}

function identityFinders(config: DefaultConfig): Finder[] {
  const { home, worktree, names = [], env = {}, accountIdentifiers = [] } = config;
  const users = environmentNames(env).map(({ name }) => name);
  for (const identifier of accountIdentifiers) {
    if (identifier.length === 1) throw new TypeError("An account identifier has at least two characters.");
  }
  return [
    // The worktree first: of two that begin together the longer one counts anyway.
    ...(worktree ? pathFinder("worktree-path", "$WORKTREE", worktree.replace(/\/+$/, "")) : []),
    ...(home ? pathFinder("home-path", "$HOME", home.replace(/\/+$/, "")) : []),
    ...nameFinder("account-identifier", "<account>", accountIdentifiers),
    ...nameFinder("name", "<name>", [...names, ...users].filter(isDistinctiveName).flatMap(inCases)),
  ];
}

/** A name as given, in small letters, in capitals and with a capital first: hosts and greetings spell it their own way. */
function inCases(name: string): string[] {
  const small = name.toLowerCase();
  return [name, small, name.toUpperCase(), small.charAt(0).toUpperCase() + small.slice(1)];
}
