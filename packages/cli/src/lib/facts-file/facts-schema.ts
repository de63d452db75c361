import * as v from "valibot";

// The facts of a recording that the user may state, without those that the recording itself determines.

const text = v.string();
const texts = v.array(text);
/** RFC 3339, as in the manifest. */
const time = v.pipe(
  text,
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/),
  v.check((value) => !Number.isNaN(Date.parse(value)), "a time that exists"),
);
const map = v.pipe(
  v.record(text, v.unknown()),
  v.check((value) => isJson(value), "values that JSON can hold"),
);
const cost = v.pipe(v.number(), v.finite());

const harness = v.strictObject({
  name: v.optional(text),
  binary_path_digest_sha256: v.optional(v.pipe(text, v.regex(/^[0-9a-f]{64}$/))),
  binary_version: v.optional(text),
  capability: v.optional(map),
  account_class: v.optional(text),
  captured_at: v.optional(time),
  freshness_window: v.optional(text),
});

const command = v.strictObject({
  argv: v.optional(texts),
  workdir_policy: v.optional(text),
  env_allowlist: v.optional(texts),
  permission_mode: v.optional(text),
});

const provenance = v.strictObject({
  git_sha: v.optional(text),
  contract_version: v.optional(text),
  recorded_at: v.optional(time),
  recorder_version: v.optional(text),
});

const quota = v.strictObject({
  source: text,
  status: text,
  captured_at: v.optional(time),
  freshness_window: v.optional(text),
  staleness_behavior: v.optional(text),
  account_class: v.optional(text),
  windows: v.optional(v.array(map)),
  metadata: v.optional(map),
});

const discovery = v.strictObject({
  source: text,
  status: text,
  models: v.optional(texts),
  reasoning_levels: v.optional(texts),
  captured_at: v.optional(time),
  freshness_window: v.optional(text),
  staleness_behavior: v.optional(text),
  metadata: v.optional(map),
});

const final = v.strictObject({
  metadata: v.optional(map),
  usage: v.optional(map),
  cost_usd: v.optional(cost),
  routing_actual: v.optional(text),
  session_log_path: v.optional(text),
  final_text: v.optional(text),
});

function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null)
    return ["string", "boolean", "object"].includes(typeof value);
  return Object.values(value).every(isJson);
}

/** A file of facts for `cassette record --manifest`. */
export const factsSchema = v.strictObject({
  id: v.optional(v.pipe(text, v.minLength(1))),
  harness: v.optional(harness),
  command: v.optional(command),
  terminal: v.optional(v.strictObject({ locale: v.optional(text), pty_mode: v.optional(map) })),
  timing: v.optional(
    v.strictObject({ replay_default: v.optional(v.picklist(["realtime", "scaled", "collapsed"])) }),
  ),
  provenance: v.optional(provenance),
  optional: v.optional(map),
  quota: v.optional(quota),
  discovery: v.optional(discovery),
  final: v.optional(final),
  /** The same as `final.usage`. */
  usage: v.optional(map),
  /** The same as `final.cost_usd`. */
  cost_usd: v.optional(cost),
});

/** The parsed contents of such a file. */
export type FactsFile = v.InferOutput<typeof factsSchema>;

/** Fields of a cassette that the recording itself determines. */
export const DETERMINED: ReadonlySet<string> = new Set([
  "version",
  "content_digest",
  "required_features",
  "command.timeout_ms",
  "terminal.initial_rows",
  "terminal.initial_cols",
  "terminal.term",
  "terminal.emulator",
  "timing.resolution_ms",
  "timing.clock_policy",
  "provenance.os",
  "provenance.arch",
  "final.seq",
  "final.t_ms",
  "final.exit",
  "final.duration_ms",
]);
