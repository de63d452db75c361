import * as v from "valibot";
import type { Manifest } from "../manifest.js";
import { freeMap, integer, text, texts, uint16 } from "./fields.js";

// Order of entries is order on the wire; `optional` is left out when empty.

const contentDigest = v.looseObject({ sha256: text });

const harness = v.looseObject({
  name: text,
  binary_path_digest_sha256: v.optional(text),
  binary_version: v.optional(text),
  capability: v.optional(freeMap),
  account_class: v.optional(text),
  captured_at: v.optional(text),
  freshness_window: v.optional(text),
});

const command = v.looseObject({
  argv: v.optional(texts),
  workdir_policy: text,
  env_allowlist: v.optional(texts),
  timeout_ms: v.optional(integer),
  permission_mode: v.optional(text),
});

const terminal = v.looseObject({
  initial_rows: uint16,
  initial_cols: uint16,
  locale: v.optional(text),
  term: v.optional(text),
  pty_mode: v.optional(freeMap),
  emulator: v.looseObject({ name: text, version: text }),
});

const timing = v.looseObject({ resolution_ms: integer, clock_policy: text, replay_default: text });

const provenance = v.looseObject({
  git_sha: v.optional(text),
  contract_version: v.optional(text),
  os: text,
  arch: text,
  recorded_at: text,
  recorder_version: text,
});

/** `manifest.json`. */
export const manifestSchema: v.GenericSchema<unknown, Manifest> = v.looseObject({
  version: integer,
  id: text,
  content_digest: contentDigest,
  harness,
  command,
  terminal,
  timing,
  provenance,
  required_features: v.optional(texts),
  optional: v.optional(freeMap),
});
