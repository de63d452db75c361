/** What a scrubber is told about the machine and the account. */
export interface ScrubConfig {
  /** Which rules: `go-v1`, those that version 1 of the format was first written with. */
  ruleSet: "go-v1";
  /** The home directory; becomes `$HOME`. */
  home?: string;
  /** The directory that was worked in; becomes `$WORKTREE`. */
  worktree?: string;
  /** Names and numbers of accounts; become `<account>`, in this order. */
  accountIdentifiers?: readonly string[];
  /** Names of environment variables that are kept. */
  envAllowlist?: readonly string[];
  /** What is left on purpose; only noted in the report. */
  intentionallyPreserved?: readonly string[];
}
