import type { ErrorEntry } from "./error-entry.js";

/** Errors of opening and verifying a cassette. */
export const READING_ERRORS = {
  CASSETTE_NOT_FOUND: {
    exit: "usage",
    title: "Nothing exists at this path",
    remedy: "Check the path.",
  },
  CASSETTE_ARTIFACT_MISSING: {
    exit: "negative",
    title: "A required file is missing",
    remedy: "Copy the whole directory again. If its recording was interrupted, run `cassette recover`.",
  },
  CASSETTE_ARTIFACT_NOT_A_FILE: {
    exit: "negative",
    title: "A file of the cassette is not a regular file",
    remedy: "Replace the link, pipe or directory with the file itself.",
  },
  CASSETTE_ARTIFACT_CHANGED: {
    exit: "failure",
    title: "A file changed while it was being read",
    remedy: "Wait until nothing writes to the cassette, then try again.",
  },
  CASSETTE_LIMIT_EXCEEDED: {
    exit: "negative",
    title: "A file, line or value is larger than the reader accepts",
    remedy: "If you trust the cassette, open it with the library and higher `limits`.",
  },
  CASSETTE_READ_FAILED: {
    exit: "failure",
    title: "A file could not be read",
    remedy: "Check its permissions and the disk.",
  },
  CASSETTE_ARCHIVE_INVALID: {
    exit: "negative",
    title: "The archive is malformed or unsafe",
    remedy: "Pack the cassette again with `cassette convert CASSETTE OUT.zip`.",
  },
  CASSETTE_URL_INVALID: {
    exit: "usage",
    title: "The URL is not one that is read",
    remedy: "Use https:, without a user's name and password.",
  },
  CASSETTE_DOWNLOAD_FAILED: {
    exit: "failure",
    title: "A server could not be read",
    remedy: "Check the URL and the network, or download the archive and name the file.",
  },
  CASSETTE_RANGES_UNSUPPORTED: {
    exit: "failure",
    title: "The server does not serve parts of a file",
    remedy: "Download the archive and name the file.",
  },
  CASSETTE_PROXY_LIBRARY_MISSING: {
    exit: "failure",
    title: "The library for proxies is not installed",
    remedy: "Install https-proxy-agent beside @cassette/core, or unset HTTPS_PROXY.",
  },
  CASSETTE_JSON_INVALID: {
    exit: "negative",
    title: "A file is not valid JSON",
    remedy: "Restore the file from its source; evidence is never edited by hand.",
  },
  CASSETTE_JSON_TRUNCATED: {
    exit: "negative",
    title: "A JSON value is incomplete",
    remedy: "Restore the file from its source. If its recording was interrupted, run `cassette recover`.",
  },
  CASSETTE_FIELD_INVALID: {
    exit: "negative",
    title: "A field is missing, of the wrong type or out of range",
    remedy: "Restore the file from its source, or fix the tool that wrote it.",
  },
  CASSETTE_KEY_INVALID: {
    exit: "negative",
    title: "A key occurs twice, or differs from a known one only in case",
    remedy: "Restore the file from its source, or fix the tool that wrote it.",
  },
  CASSETTE_BASE64_INVALID: {
    exit: "negative",
    title: "Bytes are not standard, padded base64",
    remedy: "Restore the file from its source, or fix the tool that wrote it.",
  },
  CASSETTE_VERSION_MISSING: {
    exit: "negative",
    title: "The manifest has no format version",
    remedy: "Check that the directory is a cassette.",
  },
  CASSETTE_VERSION_UNSUPPORTED: {
    exit: "failure",
    title: "The cassette was written by a newer version",
    remedy: "Update Cassette.",
  },
  CASSETTE_ID_MISSING: {
    exit: "negative",
    title: "The manifest has no id",
    remedy: "Restore the manifest from its source, or fix the tool that wrote it.",
  },
  CASSETTE_DIGEST_MISSING: {
    exit: "negative",
    title: "The manifest has no content digest",
    remedy: "Restore the manifest from its source, or fix the tool that wrote it.",
  },
  CASSETTE_FEATURE_UNKNOWN: {
    exit: "failure",
    title: "The cassette requires a feature that this version does not have",
    remedy: "Update Cassette.",
  },
  CASSETTE_EMULATOR_MISSING: {
    exit: "negative",
    title: "The manifest does not name its emulator",
    remedy: "Restore the manifest from its source, or fix the tool that wrote it.",
  },
  CASSETTE_RESOLUTION_INVALID: {
    exit: "negative",
    title: "The time resolution is missing or not positive",
    remedy: "Restore the manifest from its source, or fix the tool that wrote it.",
  },
  CASSETTE_ID_MISMATCH: {
    exit: "negative",
    title: "The cassette has a different id",
    remedy: "Check the path, or update the expected id.",
  },
  CASSETTE_BINDING_DIGEST_MISMATCH: {
    exit: "negative",
    title: "The cassette has a different digest",
    remedy: "Check the path, or update the expected digest.",
  },
  CASSETTE_EMULATOR_MISMATCH: {
    exit: "negative",
    title: "The frames come from a different emulator",
    remedy: "Record again with the required emulator.",
  },
  CASSETTE_DIGEST_MISMATCH: {
    exit: "negative",
    title: "`output.raw` does not have the digest in the manifest",
    remedy:
      "Restore the file. In a git repository, keep its `.gitattributes`: converted line endings change bytes.",
  },
  CASSETTE_CHUNK_DIGEST_MISMATCH: {
    exit: "negative",
    title: "The bytes of a chunk do not have the digest of its record",
    remedy: "Restore the file from its source.",
  },
  CASSETTE_CHUNK_OUT_OF_RANGE: {
    exit: "negative",
    title: "A chunk lies outside `output.raw`",
    remedy: "Restore both files from the same source.",
  },
  CASSETTE_SEQ_NOT_CONTIGUOUS: {
    exit: "negative",
    title: "A record is missing or occurs twice",
    remedy: "Restore the files from the same source.",
  },
  CASSETTE_TIME_REGRESSED: {
    exit: "negative",
    title: "A record is earlier than the one before it",
    remedy: "Restore the file from its source, or fix the tool that wrote it.",
  },
  CASSETTE_INTEGRITY_MISMATCH: {
    exit: "negative",
    title: "A file does not match the manifest's integrity list",
    remedy: "Restore the cassette from its source: a file was changed, added or removed.",
  },
  CASSETTE_INTEGRITY_MISSING: {
    exit: "negative",
    title: "The manifest has no integrity list",
    remedy: "Verify without `--require-integrity`, or seal the cassette with `cassette scrub`.",
  },
  CASSETTE_FRAMES_DIFFER: {
    exit: "negative",
    title: "Re-rendering a frame gives a different screen",
    remedy: "Restore `frames.jsonl`, or check which emulator the manifest names.",
  },
  CASSETTE_EMULATOR_FAILED: {
    exit: "failure",
    title: "The emulator failed on some output",
    remedy: "The recording is intact. Please report the emulator's fault.",
  },
  CASSETTE_DRAWING_TOO_COSTLY: {
    exit: "failure",
    title: "The output redraws whole screens in too few bytes",
    remedy: "Read it without screens: `cassette cat`, `cassette events`, or `cassette grep --in output`.",
  },
  CASSETTE_CUT_INVALID: {
    exit: "usage",
    title: "A recording cannot be cut there",
    remedy: "List times, `seq`, marks and inputs with `cassette events`.",
  },
  CASSETTE_JOIN_INVALID: {
    exit: "usage",
    title: "The recordings cannot be joined",
    remedy: "Name two or more cassettes whose emulators have the same widths of characters.",
  },
  CASSETTE_RECORDING_CUT: {
    exit: "failure",
    title: "A recording without its first inputs cannot stand in for its program",
    remedy: "Use the recording that it was cut from.",
  },
  CASSETTE_SEARCH_STALLED: {
    exit: "failure",
    title: "A regular expression took too long",
    remedy: "Simplify the expression, or search for fixed text with `-F`.",
  },
} satisfies Record<string, ErrorEntry>;
