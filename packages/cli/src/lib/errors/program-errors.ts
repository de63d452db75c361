import type { ErrorEntry } from "./error-entry.js";

/** Errors of starting and driving a program, and of the command line itself. */
export const PROGRAM_ERRORS = {
  CASSETTE_PROGRAM_NOT_FOUND: {
    exit: "failure",
    title: "The program was not found",
    remedy: "Check its name and PATH; for a script, check its interpreter.",
  },
  CASSETTE_PROGRAM_NOT_EXECUTABLE: {
    exit: "failure",
    title: "The program is not executable",
    remedy: "Make it executable: chmod +x FILE.",
  },
  CASSETTE_CWD_INVALID: {
    exit: "failure",
    title: "The working directory does not exist",
    remedy: "Change to a directory that exists.",
  },
  CASSETTE_SIZE_INVALID: {
    exit: "usage",
    title: "The terminal size is out of range",
    remedy: "Use whole numbers from 1 to 500 for rows and columns.",
  },
  CASSETTE_PLATFORM_UNSUPPORTED: {
    exit: "failure",
    title: "Pseudo-terminals of this platform are not supported",
    remedy: "Record on Linux or macOS.",
  },
  CASSETTE_PTY_UNAVAILABLE: {
    exit: "failure",
    title: "The pseudo-terminal library is missing or of another version",
    remedy: "Reinstall Cassette, then run `cassette doctor`.",
  },
  CASSETTE_SPAWN_FAILED: {
    exit: "failure",
    title: "The program could not be started",
    remedy: "Check the limits on processes and open files.",
  },
  CASSETTE_SESSION_CLOSED: {
    exit: "failure",
    title: "The program has ended",
    remedy: "Send input before it ends.",
  },
  CASSETTE_INPUT_OVERFLOW: {
    exit: "failure",
    title: "The program does not read its input",
    remedy: "Send less, or wait until the program reads.",
  },
  CASSETTE_KEY_UNKNOWN: {
    exit: "usage",
    title: "No key has this name",
    remedy: "Use names such as Enter, Escape, Ctrl+C or F5.",
  },
  CASSETTE_SIGNAL_UNKNOWN: {
    exit: "usage",
    title: "No signal has this name",
    remedy: "Use names such as SIGTERM.",
  },
  CASSETTE_UNEXPECTED: {
    exit: "failure",
    title: "An unexpected failure",
    remedy: "If the disk, the memory and the limits of the system are in order, please report it.",
  },
  CASSETTE_USAGE: {
    exit: "usage",
    title: "Usage error",
    remedy: "See `cassette COMMAND --help`.",
  },
  CASSETTE_FACTS_INVALID: {
    exit: "usage",
    title: "The facts file is invalid",
    remedy: "Its JSON schema is `schema/facts.schema.json` of @cassette/cli.",
  },
  CASSETTE_SCRIPT_INVALID: {
    exit: "usage",
    title: "The script is invalid",
    remedy: "See the steps in `cassette record --help`.",
  },
  CASSETTE_WAIT_FAILED: {
    exit: "notMade",
    title: "A script's step waited too long",
    remedy: "Compare the step with the last screen; give it more time with `timeoutMs`.",
  },
  CASSETTE_PROGRAM_STILL_RUNNING: {
    exit: "notMade",
    title: "The script ended before the program",
    remedy: "Let the script end the program.",
  },
} satisfies Record<string, ErrorEntry>;
