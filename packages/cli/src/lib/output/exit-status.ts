import type { CassetteErrorCode } from "@cassette/format";

/** The command's exit statuses. `128 + n` stands for signal n. */
export const EXIT = {
  done: 0,
  /** The answer is no: invalid, different, not found. */
  no: 1,
  usage: 2,
  /** Could not: program, disk, lock, platform. */
  failed: 3,
  /** No cassette was made. */
  notMade: 4,
} as const;

/** The status of a stub whose driver did something else than was recorded. */
export const STUB_FAILED = 86;

const USAGE: ReadonlySet<CassetteErrorCode> = new Set([
  "CASSETTE_USAGE",
  "CASSETTE_SCRIPT_INVALID",
  "CASSETTE_RULE_INVALID",
  "CASSETTE_SCENARIO_INVALID",
  "CASSETTE_NOT_FOUND",
  "CASSETTE_TARGET_EXISTS",
  "CASSETTE_SIZE_INVALID",
  "CASSETTE_KEY_UNKNOWN",
  "CASSETTE_SIGNAL_UNKNOWN",
]);

const NOT_MADE: ReadonlySet<CassetteErrorCode> = new Set([
  "CASSETTE_WAIT_FAILED",
  "CASSETTE_PROGRAM_STILL_RUNNING",
  "CASSETTE_SECRET_REMAINS",
]);

const COULD_NOT: ReadonlySet<CassetteErrorCode> = new Set([
  "CASSETTE_SEARCH_STALLED",
  "CASSETTE_PROGRAM_NOT_FOUND",
  "CASSETTE_PROGRAM_NOT_EXECUTABLE",
  "CASSETTE_CWD_INVALID",
  "CASSETTE_PLATFORM_UNSUPPORTED",
  "CASSETTE_PTY_UNAVAILABLE",
  "CASSETTE_SPAWN_FAILED",
  "CASSETTE_SESSION_CLOSED",
  "CASSETTE_INPUT_OVERFLOW",
  "CASSETTE_READ_FAILED",
  "CASSETTE_WRITE_FAILED",
  "CASSETTE_RECOVER_FAILED",
  "CASSETTE_RECORDER_CLOSED",
  "CASSETTE_FINAL_MISSING",
  "CASSETTE_FINAL_DUPLICATE",
  "CASSETTE_CLOCK_REGRESSED",
  "CASSETTE_VALUE_INVALID",
  "CASSETTE_LOCKED",
  "CASSETTE_EMULATOR_FAILED",
]);

/** The exit status for an error of this code; codes about what a cassette holds mean "invalid". */
export function exitStatusOf(code: CassetteErrorCode): number {
  if (USAGE.has(code)) return EXIT.usage;
  if (NOT_MADE.has(code)) return EXIT.notMade;
  return COULD_NOT.has(code) ? EXIT.failed : EXIT.no;
}
