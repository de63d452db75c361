import {
  type ScrubbedText,
  type ScrubReport,
  type ScrubStreamOptions,
  SKIPPED_SCREENS,
  type StreamEvent,
} from "@cassette/format";
import { defaultFinders, literalSecrets } from "./default-rules.js";
import { detectInStream } from "./detect-stream.js";
import { createDetector, type Detector } from "./engine/detector.js";
import { scrubInputRecords } from "./input/scrub-inputs.js";
import { scrubJsonValue } from "./json/scrub-json.js";
import { isPlaceholder } from "./lexicon/placeholder.js";
import { isSecretField, secrecyOf } from "./lexicon/secret-names.js";
import { normaliseVolatile } from "./rules/volatile.js";
import { scanScreen } from "./screen/scan-screen.js";
import type { DefaultConfig } from "./scrub-config.js";
import type { FullScrubber, ScrubbedEnv } from "./scrubber.js";
import { DEFAULT_VERSION } from "./set-version.js";
import { createLabelStream } from "./stream/label-stream.js";
import { type Labelled, labelText } from "./stream/label-text.js";
import { type SourceHit, utf8Of } from "./stream/lane.js";
import { createStreamMask } from "./stream/stream-mask.js";

const SECRET_FIELD = "secret-field";

/** What all methods of one scrubber share. */
interface Engine {
  readonly config: DefaultConfig;
  readonly detector: Detector;
  readonly isAllowed: (hit: SourceHit) => boolean;
  /** Names of all rules, sorted. */
  readonly rules: readonly string[];
}

/** Makes a scrubber of the default set. */
export function createDefaultScrubber(config: DefaultConfig): FullScrubber {
  const finders = defaultFinders(config);
  const allowed = new Set(config.allow);
  const engine: Engine = {
    config,
    detector: createDetector(finders),
    isAllowed: (hit) => allowed.size > 0 && allowed.has(utf8Of(hit)),
    rules: [...new Set([...finders.map(({ rule }) => rule), SECRET_FIELD])].sort(),
  };
  const { detector, isAllowed } = engine;
  return {
    scrubText: (text) => scrubText(engine, text),
    normalise: (text) => normaliseVolatile(scrubText(engine, text).text),
    scrubEnv: (env) => scrubEnv(engine, env),
    scrubJson(value) {
      const hits = createHits();
      const scrubbed = scrubJsonValue(value, {
        text: (text) => label(engine, text, hits),
        onSecretKey: () => hits.add(SECRET_FIELD, 1),
      });
      return { value: scrubbed, report: reportOf(engine, hits) };
    },
    scrubInputs(records) {
      const hits = createHits();
      const { records: scrubbed, found } = scrubInputRecords(records, detector, isAllowed);
      for (const { rule } of found) hits.add(rule, 1);
      return { records: scrubbed, report: reportOf(engine, hits) };
    },
    scrubStream: (events, options = {}) => scrubStream(engine, events, options),
    filterText: (onHit = () => {}) =>
      createLabelStream({ detector, isAllowed, secrets: literalSecrets(config), onHit }),
    scanScreen: (rows) => scanScreen(rows, detector, isAllowed),
  };
}

function label({ detector, isAllowed }: Engine, text: string, hits: Hits): string {
  const labelled: Labelled = labelText(text, detector, isAllowed);
  for (const [rule, count] of labelled.hits) hits.add(rule, count);
  return labelled.text;
}

function scrubText(engine: Engine, text: string): ScrubbedText {
  const hits = createHits();
  return { text: label(engine, text, hits), report: reportOf(engine, hits) };
}

function scrubEnv(engine: Engine, env: Readonly<Record<string, string>>): ScrubbedEnv {
  const hits = createHits();
  const kept = (engine.config.envAllowlist ?? []).filter((name) => Object.hasOwn(env, name));
  hits.add("env-removed", Object.keys(env).length - kept.length);
  const scrubbed = kept.map((name) => {
    const value = env[name] ?? "";
    if (!isSecretField(secrecyOf(name), value) || isPlaceholder(value))
      return [name, label(engine, value, hits)] as const;
    hits.add(SECRET_FIELD, 1);
    return [name, "<redacted>"] as const;
  });
  return { env: Object.fromEntries(scrubbed), report: reportOf(engine, hits) };
}

async function scrubStream(
  engine: Engine,
  events: AsyncIterable<StreamEvent> | Iterable<StreamEvent>,
  options: ScrubStreamOptions,
) {
  const hits = createHits();
  const { detector, isAllowed } = engine;
  const { log, unseen, overlooked } = await detectInStream(events, detector, isAllowed, options);
  for (const { rule } of log.settle()) hits.add(rule, 1);
  const skipped = {
    ...(unseen && { "output.raw": NO_SCREENS }),
    ...(overlooked && { [SKIPPED_SCREENS]: TOO_MANY_SCREENS }),
  };
  return {
    mask: createStreamMask(log.all()),
    report: { ...reportOf(engine, hits), ...((unseen || overlooked) && { skipped }) },
  };
}

const NO_SCREENS = "something was drawn out of order, and no provenance was given to look at the screens";
const TOO_MANY_SCREENS =
  "Some screens between frames were not scanned: there were too many cells for so few bytes.";

interface Hits {
  add(rule: string, count: number): void;
  counts(): Record<string, number>;
}

function createHits(): Hits {
  const counts = new Map<string, number>();
  return {
    add(rule, count) {
      if (count > 0) counts.set(rule, (counts.get(rule) ?? 0) + count);
    },
    counts: () => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function reportOf({ rules, config }: Engine, hits: Hits): ScrubReport {
  const { envAllowlist = [], intentionallyPreserved = [], rules: own = [] } = config;
  const hitCounts = hits.counts();
  return {
    status: Object.keys(hitCounts).length > 0 ? "redacted" : "clean",
    rules: [...rules],
    hit_counts: hitCounts,
    ...(envAllowlist.length > 0 && { env_allowlist: [...envAllowlist] }),
    ...(intentionallyPreserved.length > 0 && { intentionally_preserved: [...intentionallyPreserved] }),
    // Of the user's own rules nothing but names: a pattern may say what a secret looks like.
    rule_sets: {
      default: DEFAULT_VERSION,
      ...(own.length > 0 && { user: own.map(({ name }) => name).sort() }),
    },
  };
}
