import type { UserRule } from "./rules/user-pattern.js";

/** What any scrubber knows of the machine and the account. */
export interface CommonConfig {
  /** The home directory; becomes `$HOME`. */
  home?: string;
  /** The directory that was worked in; becomes `$WORKTREE`. */
  worktree?: string;
  /** Names and numbers of accounts; become `<account>`. */
  accountIdentifiers?: readonly string[];
  /** Names of environment variables that are kept. */
  envAllowlist?: readonly string[];
  /** What is left on purpose; only noted in the report. */
  intentionallyPreserved?: readonly string[];
}

/** The rules that version 1 of the format was first written with. */
export interface GoConfig extends CommonConfig {
  ruleSet: "go-v1";
}

/** The rules one would trust with a public repository. */
export interface DefaultConfig extends CommonConfig {
  ruleSet?: "default";
  /** Names of users and machines; looked for if they have six characters and are not ordinary words ("ubuntu"). */
  names?: readonly string[];
  /** Texts that are secret, each four characters or longer. */
  secrets?: readonly string[];
  /** The program's environment: values of variables whose names say secret are looked for, and the names of users in it. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Names in `env` whose values are looked for whatever the name says. */
  secretEnv?: readonly string[];
  /** The user's own rules. */
  rules?: readonly UserRule[];
  /** Texts that are no secrets: a hit that is exactly one of them stays. */
  allow?: readonly string[];
}

/** What a scrubber is configured with. */
export type ScrubConfig = GoConfig | DefaultConfig;
