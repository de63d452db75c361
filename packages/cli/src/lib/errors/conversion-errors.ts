import type { ErrorEntry } from "./error-entry.js";

/** Errors of recordings in other formats. */
export const CONVERSION_ERRORS = {
  CASSETTE_SOURCE_INVALID: {
    exit: "negative",
    title: "A recording in another format is malformed",
    remedy: "Restore the file from its source, or fix the tool that wrote it.",
  },
  CASSETTE_CONVERSION_LOSSY: {
    exit: "negative",
    title: "The conversion loses something, and --strict accepts no loss",
    remedy: "Choose another format, or convert without --strict.",
  },
} satisfies Record<string, ErrorEntry>;
