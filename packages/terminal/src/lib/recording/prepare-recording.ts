import { type OutputFollower, type SealOptions, scrubStatedFacts, systemClock } from "@cassette/core";
import type { Clock, EmulatorIdentity, JsonValue, PtyDriver, TerminalSize } from "@cassette/format";
import { DEFAULT_SIZE } from "@cassette/format/units";
import { DEFAULT_POLICY } from "@cassette/frames";
import { emulatorIdentity, loadDriver } from "../parts/parts.js";
import type { ObservedName } from "../scrubbing/observed-names.js";
import {
  extendSettings,
  observeScrubSettings,
  type ScrubSettings,
  type SettingsSource,
} from "../scrubbing/scrub-settings.js";
import { sealAfter } from "../scrubbing/seal-options.js";
import { storedSettings } from "../scrubbing/stored-settings.js";
import { RECORDER } from "../version.js";
import { observeManifest } from "./manifest-facts.js";
import type { InputSource, RecordOptions, RecordScrub } from "./options.js";
import { mergeFacts, type StatedFacts } from "./stated-facts.js";

/** Everything that a recording needs to begin. Nothing has been started or written yet. */
export interface RecordingPlan {
  target: string;
  argv: readonly [string, ...string[]];
  cwd: string | undefined;
  env: NodeJS.ProcessEnv;
  size: TerminalSize;
  /** The emulator that draws, with its policy for widths. */
  emulator: EmulatorIdentity;
  timeoutMs: number | undefined;
  overwrite: boolean;
  input: InputSource | undefined;
  /** Scrubbed. */
  facts: StatedFacts;
  /** Settings with which to scrub in the same way after a crash, without any secret; stored in the spool. */
  storedScrub: JsonValue;
  unmasked: readonly ObservedName[];
  /** How to seal, given the withheld passwords. */
  seal: (typedSecrets: readonly string[]) => SealOptions;
  /** Scans the output while it is recorded. */
  followOutput: ((path: string) => OutputFollower) | undefined;
  driver: PtyDriver;
  clock: Clock;
}

/** The time resolution: at the library's default of 100 ms no screen would be seen to settle. */
const RESOLUTION_MS = 1;
/** Without a user's terminal, the program's queries are answered by an emulator of this kind. */
const TERM = "xterm-256color";

/**
 * Observes the program, the machine and what to scrub, and checks what can be checked before a program is started.
 * @throws CassetteError `CASSETTE_USAGE`, `CASSETTE_RULE_INVALID` for a rules file.
 */
export async function prepareRecording(options: RecordOptions): Promise<RecordingPlan> {
  const { target, argv, cwd, timeoutMs, clock = systemClock, facts: stated = { manifest: {} } } = options;
  const { scrub = {} } = options;
  const { input, ...setting } = programSetting(options);
  const { env } = setting;
  // Started first, since it waits for git and the disk.
  const observing = observeManifest({
    ...setting,
    ...recorderSetting(options),
    argv,
    cwd,
    timeoutMs,
    now: clock.now(),
  });
  const source = { cwd: cwd ?? process.cwd(), ...(scrub || {}) };
  // What the program inherits, and what only this process has.
  const observed = await observeScrubSettings({ ...source, env: { ...process.env, ...env } });
  const settings = input?.env ? await withOwnSecrets(observed.settings, source) : observed.settings;
  const seal = sealAfter(scrub === false ? null : settings, scrub ? scrub.scanElsewhere : undefined);
  const merged = { ...stated, manifest: mergeFacts(await observing, stated.manifest) };
  const { facts, found } = scrubStatedFacts(merged, seal([]).redactor);
  return {
    target,
    argv,
    cwd,
    ...setting,
    timeoutMs,
    overwrite: options.overwrite ?? false,
    input,
    facts,
    storedScrub: storedSettings(observed, found),
    unmasked: scrub === false ? [] : observed.unmasked,
    seal: (typedSecrets) => ({ ...seal(typedSecrets), found }),
    followOutput: followerOf(scrub, observed.settings),
    driver: options.driver ?? (await loadDriver()),
    clock,
  };
}

/** A script's variables come beside the caller's, whose values stay secret: the program may read them from a file. */
async function withOwnSecrets(
  settings: ScrubSettings,
  source: Omit<SettingsSource, "env">,
): Promise<ScrubSettings> {
  const own = await observeScrubSettings({ ...source, env: process.env });
  return extendSettings(own.settings, settings);
}

function followerOf(scrub: RecordScrub | false, settings: ScrubSettings): RecordingPlan["followOutput"] {
  if (scrub === false) return undefined;
  const { followOutput } = scrub;
  return followOutput && ((path) => followOutput(settings, path));
}

/** What surrounds the program. */
function programSetting({ input: given, size, env, widths = "unicode11" }: RecordOptions) {
  const input = typeof given === "function" ? { run: given } : given;
  return {
    input,
    size: size ?? input?.size ?? DEFAULT_SIZE,
    env: { ...(env ?? { ...process.env, TERM }), ...input?.env },
    emulator: emulatorIdentity(widths),
  };
}

/** How it is recorded. */
function recorderSetting({
  envNames = [],
  resolutionMs = RESOLUTION_MS,
  recorder = RECORDER,
  frames = DEFAULT_POLICY,
  extras,
}: RecordOptions) {
  return { envNames, resolutionMs, recorder, cassette: { ...extras, frame_policy: { ...frames } } };
}
