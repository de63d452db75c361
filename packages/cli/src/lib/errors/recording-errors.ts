import type { ErrorEntry } from "./error-entry.js";

/** Errors of recording, sealing and scrubbing. */
export const RECORDING_ERRORS = {
  CASSETTE_TARGET_EXISTS: {
    exit: "usage",
    title: "The target exists",
    remedy: "Choose another name, or replace it with `--overwrite`.",
  },
  CASSETTE_RECORDER_CLOSED: {
    exit: "failure",
    title: "The recorder is closed",
    remedy: "Record before closing.",
  },
  CASSETTE_FINAL_MISSING: {
    exit: "failure",
    title: "The recording has no final record",
    remedy: "Record the end before closing.",
  },
  CASSETTE_FINAL_DUPLICATE: {
    exit: "failure",
    title: "The recording has a final record already",
    remedy: "Record the end once.",
  },
  CASSETTE_FINAL_PASSED: {
    exit: "failure",
    title: "A record follows the final one",
    remedy: "Record it before the end.",
  },
  CASSETTE_CLOCK_REGRESSED: {
    exit: "failure",
    title: "The clock went backwards",
    remedy: "Pass a monotonic clock.",
  },
  CASSETTE_VALUE_INVALID: {
    exit: "failure",
    title: "A value cannot be written",
    remedy: "Pass a JSON value within the ranges of the format.",
  },
  CASSETTE_WRITE_FAILED: {
    exit: "failure",
    title: "A file could not be written",
    remedy: "Check permissions and free space. A recording that had begun is kept: see `cassette recover`.",
  },
  CASSETTE_RECOVER_FAILED: {
    exit: "failure",
    title: "The spool cannot become a cassette",
    remedy: "List what is left with `cassette recover --list`.",
  },
  CASSETTE_SECRET_REMAINS: {
    exit: "notMade",
    title: "The last scan still finds a secret",
    remedy: "Name the text in a rules file (`secrets` or `allow`), then run `cassette recover --rules FILE`.",
  },
  CASSETTE_LOCKED: {
    exit: "failure",
    title: "Another recorder uses this account",
    remedy: "Wait until it has finished.",
  },
  CASSETTE_RULE_INVALID: {
    exit: "usage",
    title: "A scrub rule cannot be used",
    remedy: "Correct the rules file.",
  },
} satisfies Record<string, ErrorEntry>;
