import type { FreeMap } from "./json.js";

/** `manifest.json`: what was recorded, how, and what a consumer may rely on. Written last. */
export interface Manifest {
  version: number;
  id: string;
  content_digest: ContentDigest;
  harness: Harness;
  command: Command;
  terminal: Terminal;
  timing: Timing;
  provenance: Provenance;
  /** Features that a reader must support. Version 1 has none. */
  required_features?: string[];
  /** Additions that any reader may ignore. */
  optional?: FreeMap;
}

/** The digest that covers `output.raw`: lower-case hexadecimal SHA-256. */
export interface ContentDigest {
  sha256: string;
}

/** The program that was recorded. */
export interface Harness {
  name: string;
  /** Lower-case hexadecimal SHA-256 of the binary's path. */
  binary_path_digest_sha256?: string;
  binary_version?: string;
  capability?: FreeMap;
  account_class?: string;
  /** RFC 3339. */
  captured_at?: string;
  freshness_window?: string;
}

/** How it was started. */
export interface Command {
  argv?: string[];
  /** A policy word ("unspecified", "tempdir", …), never a path. */
  workdir_policy: string;
  /** Names of environment variables that were passed on; values are never recorded. */
  env_allowlist?: string[];
  timeout_ms?: number;
  permission_mode?: string;
}

/** The terminal it ran in. Sizes are rows and columns. */
export interface Terminal {
  initial_rows: number;
  initial_cols: number;
  locale?: string;
  term?: string;
  pty_mode?: FreeMap;
  emulator: EmulatorIdentity;
}

/** Which emulator rendered the frames. Both parts must be non-empty. */
export interface EmulatorIdentity {
  name: string;
  version: string;
}

/** How `t_ms` was measured and how a replay behaves by default. */
export interface Timing {
  /** `t_ms` is a multiple of this. At least 1. */
  resolution_ms: number;
  clock_policy: string;
  /** "realtime", "scaled" or "collapsed"; a reader accepts any word. */
  replay_default: string;
}

/** Where the recording comes from. */
export interface Provenance {
  git_sha?: string;
  contract_version?: string;
  /** Go's word: linux, darwin, windows. */
  os: string;
  /** Go's word: amd64, arm64. */
  arch: string;
  /** RFC 3339; ours are UTC with whole seconds. */
  recorded_at: string;
  recorder_version: string;
}
