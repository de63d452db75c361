/**
 * Every code a {@link CassetteError} can carry, with its cause and remedy. Callers switch on the code, never on the
 * message.
 */
export interface CassetteErrorCodes {
  // Opening a cassette: the files in the directory.
  /** There is no directory at that path, or none in which it could be made. Check the path. */
  CASSETTE_NOT_FOUND: true;
  /** A file of a complete cassette is missing. The recording was interrupted or the copy is incomplete. */
  CASSETTE_ARTIFACT_MISSING: true;
  /** A symlink, FIFO, device or directory in place of a regular file. */
  CASSETTE_ARTIFACT_NOT_A_FILE: true;
  /** A file, line or nesting exceeds a limit of the reader. Raise the limit if the cassette is trusted. */
  CASSETTE_LIMIT_EXCEEDED: true;
  /** A file changed while it was being read. */
  CASSETTE_ARTIFACT_CHANGED: true;
  /** The operating system refused to read. */
  CASSETTE_READ_FAILED: true;

  // Opening a cassette: archives and servers.
  /** A zip archive is malformed, cut off, holds no cassette, or is built to deceive a reader. Pack the cassette again. */
  CASSETTE_ARCHIVE_INVALID: true;
  /** A URL of an archive is not `https:`, nor `http:` on this machine, or has a password, or redirects to such a one. */
  CASSETTE_URL_INVALID: true;
  /** A server does not answer in time, or not with what it was asked for. */
  CASSETTE_DOWNLOAD_FAILED: true;
  /** A server does not serve parts of a file. Download the archive first. */
  CASSETTE_RANGES_UNSUPPORTED: true;
  /** HTTPS_PROXY is set, and the optional library for it is not installed. */
  CASSETTE_PROXY_LIBRARY_MISSING: true;

  // Opening a cassette: the contents of the files.
  /** Not JSON, or not UTF-8, or text follows the value. */
  CASSETTE_JSON_INVALID: true;
  /** The text ends in the middle of a JSON value, or contains none. */
  CASSETTE_JSON_TRUNCATED: true;
  /** A field is missing, or not of its type, or out of its range. */
  CASSETTE_FIELD_INVALID: true;
  /** A key of the format's own objects occurs twice, or differs from a known one only in case. */
  CASSETTE_KEY_INVALID: true;
  /** `bytes` is not standard, padded base64. */
  CASSETTE_BASE64_INVALID: true;
  /** `manifest.version` is absent, zero or negative. */
  CASSETTE_VERSION_MISSING: true;
  /** The cassette was written by a newer version. Update the reader. */
  CASSETTE_VERSION_UNSUPPORTED: true;
  /** `manifest.id` is absent or empty. */
  CASSETTE_ID_MISSING: true;
  /** `manifest.content_digest.sha256` is absent or empty. */
  CASSETTE_DIGEST_MISSING: true;
  /** `manifest.required_features` names a feature this reader does not have. */
  CASSETTE_FEATURE_UNKNOWN: true;
  /** `manifest.terminal.emulator` lacks its name or version. */
  CASSETTE_EMULATOR_MISSING: true;
  /** `manifest.timing.resolution_ms` is absent, zero or negative. */
  CASSETTE_RESOLUTION_INVALID: true;

  // Opening a cassette: the caller's expectations.
  /** The cassette does not have the expected id. */
  CASSETTE_ID_MISMATCH: true;
  /** The manifest's digest is not the expected one. */
  CASSETTE_BINDING_DIGEST_MISMATCH: true;
  /** The frames come from another emulator than required. */
  CASSETTE_EMULATOR_MISMATCH: true;

  // Opening a cassette: the consistency of the evidence.
  /** `output.raw` does not have the manifest's digest. It was changed, or its line endings were converted. */
  CASSETTE_DIGEST_MISMATCH: true;
  /** The bytes of one chunk do not have the digest of its record. */
  CASSETTE_CHUNK_DIGEST_MISMATCH: true;
  /** A chunk's range does not lie inside `output.raw`. */
  CASSETTE_CHUNK_OUT_OF_RANGE: true;
  /** `seq` is not exactly 1…N over all records. */
  CASSETTE_SEQ_NOT_CONTIGUOUS: true;
  /** `t_ms` falls from one record to the next. */
  CASSETTE_TIME_REGRESSED: true;
  /** An artifact differs from what `manifest.optional.integrity` says, or one was added or removed. */
  CASSETTE_INTEGRITY_MISMATCH: true;
  /** The caller requires `manifest.optional.integrity`, and there is none. */
  CASSETTE_INTEGRITY_MISSING: true;
  /** A stored frame is not what the output gives. It was changed, or drawn by another emulator than the manifest names. */
  CASSETTE_FRAMES_DIFFER: true;

  // Recording.
  /** The target exists. Choose another name or overwrite explicitly. */
  CASSETTE_TARGET_EXISTS: true;
  /** The recorder was closed or aborted. */
  CASSETTE_RECORDER_CLOSED: true;
  /** Closing without a final record. */
  CASSETTE_FINAL_MISSING: true;
  /** A second final record. */
  CASSETTE_FINAL_DUPLICATE: true;
  /** A record after the final one, which must be the last. */
  CASSETTE_FINAL_PASSED: true;
  /** The injected clock stepped back. */
  CASSETTE_CLOCK_REGRESSED: true;
  /** A value that cannot be written: not JSON, out of range, of another type. */
  CASSETTE_VALUE_INVALID: true;
  /** The operating system refused to write. The spool is kept and can be recovered. */
  CASSETTE_WRITE_FAILED: true;
  /** The spool cannot be turned into a cassette. */
  CASSETTE_RECOVER_FAILED: true;
  /** The last scan of a seal still found a secret. No cassette was made. */
  CASSETTE_SECRET_REMAINS: true;
  /** The project's settings, `cassette.config.yaml`, are invalid. */
  CASSETTE_CONFIG_INVALID: true;
  /** Another recorder holds the account's lock. */
  CASSETTE_LOCKED: true;

  // Driving a program.
  /** No such program, neither at the path nor in PATH, or a script's interpreter is missing. */
  CASSETTE_PROGRAM_NOT_FOUND: true;
  /** The program's file may not be executed. */
  CASSETTE_PROGRAM_NOT_EXECUTABLE: true;
  /** The working directory does not exist or is not a directory. */
  CASSETTE_CWD_INVALID: true;
  /** Rows or columns are not whole numbers from 1 to 500. */
  CASSETTE_SIZE_INVALID: true;
  /** Pseudo-terminals of this platform are not supported. */
  CASSETTE_PLATFORM_UNSUPPORTED: true;
  /** The native half of the pseudo-terminal library is missing or of another version. */
  CASSETTE_PTY_UNAVAILABLE: true;
  /** The operating system refused to start the program, or it would inherit another session's terminal. */
  CASSETTE_SPAWN_FAILED: true;
  /** The session is closed or the program has ended. */
  CASSETTE_SESSION_CLOSED: true;
  /** More input is queued than the session takes. Await earlier sends. */
  CASSETTE_INPUT_OVERFLOW: true;
  /** No key has that name. */
  CASSETTE_KEY_UNKNOWN: true;
  /** No signal has that name. */
  CASSETTE_SIGNAL_UNKNOWN: true;

  /**
   * An input was withheld or masked when it was recorded, so it cannot be sent again. Record with a script that names it as secret.
   */
  CASSETTE_INPUT_UNKNOWN: true;

  // Drawing.
  /** The emulator failed on some output and can draw no more. The recording is whole; report the emulator's fault. */
  CASSETTE_EMULATOR_FAILED: true;

  /** The output makes an emulator touch far more cells than its length allows. Only what comes before can be drawn. */
  CASSETTE_DRAWING_TOO_COSTLY: true;

  // Pictures.
  /** A file of colours is in no known form, or lacks a colour. */
  CASSETTE_THEME_INVALID: true;
  /** A font file is missing, is not TrueType or OpenType, or has no glyphs. */
  CASSETTE_FONT_INVALID: true;
  /** An optional library that draws PNG or GIF is not installed. */
  CASSETTE_DRAWING_LIBRARY_MISSING: true;

  // Recordings in other formats.
  /** A recording in another format is malformed. File and line, or byte offset, say where. Restore it, or fix the tool that wrote it. */
  CASSETTE_SOURCE_INVALID: true;
  /** A conversion loses something, and the caller accepts no loss. The message counts it; choose another format. */
  CASSETTE_CONVERSION_LOSSY: true;

  // Tables of many recordings.
  /** The folder does not hold tables of this version, or a file of them is damaged or a link. Index the recordings again into an empty folder. */
  CASSETTE_TABLES_INVALID: true;
  /** A recording that was not scrubbed is not indexed. Scrub it, or include it explicitly. */
  CASSETTE_UNSCRUBBED: true;
  /** A query is not one SELECT statement, or the database refuses it. Correct it. */
  CASSETTE_QUERY_FAILED: true;
  /** The optional library that runs queries is not installed. */
  CASSETTE_QUERY_LIBRARY_MISSING: true;

  // Scrubbing.
  /** A user's rule or literal secret cannot be used: its pattern cannot run in linear time, or it is too short. */
  CASSETTE_RULE_INVALID: true;

  // Testing.
  /** A test sent input that differs from the recording, or more of it. Record again, or correct the test. */
  CASSETTE_REPLAY_MISMATCH: true;
  /** A recording is too old, or its program has changed since. Record again, or allow it. */
  CASSETTE_RECORDING_STALE: true;

  // Editing.
  /** A cut names a place that is not in the recording, leaves nothing, or begins where no output gives the screen. */
  CASSETTE_CUT_INVALID: true;
  /** Recordings that cannot be joined: fewer than two, or ones whose terminals differ in more than their size. */
  CASSETTE_JOIN_INVALID: true;
  /** Inputs were cut off the start of a recording: a program cannot be played from it, because it would wait for other inputs. */
  CASSETTE_RECORDING_CUT: true;
  /** The new recording differs and was not accepted; the existing one was kept. */
  CASSETTE_RECORDING_DIFFERS: true;
  /** A scenario file is not YAML or JSON, or not of the shape of a scenario. File and line say where. */
  CASSETTE_SCENARIO_INVALID: true;
  /**
   * The recording does not fit the scenario: it is missing, has another size or resolution, or lacks a file. Record again or
   * correct it.
   */
  CASSETTE_SCENARIO_MISMATCH: true;

  // The command.
  /** A failure of the system that Cassette does not know, or a bug in Cassette. */
  CASSETTE_UNEXPECTED: true;
  /** A usage error: an option, an argument, a path. */
  CASSETTE_USAGE: true;
  /** A file of facts for a recording has unknown, missing or wrong fields. The message lists them all. */
  CASSETTE_FACTS_INVALID: true;
  /** A script file is not a list of known steps. */
  CASSETTE_SCRIPT_INVALID: true;
  /** A wait of a script was not met. No cassette was made. */
  CASSETTE_WAIT_FAILED: true;
  /** A search made no progress: the regular expression backtracks without end. Search for a fixed string or simplify it. */
  CASSETTE_SEARCH_STALLED: true;
  /** The script ended and the program did not. No cassette was made. */
  CASSETTE_PROGRAM_STILL_RUNNING: true;
}

/** A code of {@link CassetteErrorCodes}. */
export type CassetteErrorCode = keyof CassetteErrorCodes;
