import type { ErrorEntry } from "./error-entry.js";

/** Errors of tests, stubs and repeated recordings. */
export const TESTING_ERRORS = {
  CASSETTE_INPUT_UNKNOWN: {
    exit: "failure",
    title: "A recorded input was withheld or masked",
    remedy: "Record with `--script FILE`, whose step `secret: NAME` types the value of a variable.",
  },
  CASSETTE_CONFIG_INVALID: {
    exit: "usage",
    title: "The project's settings are invalid",
    remedy: "The only key of `cassette.config.yaml` is `masks`: see the guide about tests.",
  },
  CASSETTE_REPLAY_MISMATCH: {
    exit: "negative",
    title: "The input differs from the recording",
    remedy: "Correct the test, or record again.",
  },
  CASSETTE_RECORDING_STALE: {
    exit: "negative",
    title: "The recording is out of date",
    remedy: "Record again with `cassette record --mode all`.",
  },
  CASSETTE_RECORDING_DIFFERS: {
    exit: "negative",
    title: "The new recording differs; the existing one was kept",
    remedy: "If the new one is right, replace the old one with `--overwrite`.",
  },
  CASSETTE_SCENARIO_INVALID: {
    exit: "usage",
    title: "The scenario is invalid",
    remedy: "See the example in `cassette test --help`.",
  },
  CASSETTE_SCENARIO_MISMATCH: {
    exit: "negative",
    title: "The recording does not fit the scenario",
    remedy: "Record again, or correct the scenario.",
  },
} satisfies Record<string, ErrorEntry>;
