import type { ScanOptions, SealOptions } from "@cassette/core";
import {
  createProvenance,
  createXtermEmulator,
  deriveFrames,
  widthsOf,
  xtermIdentity,
} from "@cassette/frames";
import { createScrubber } from "@cassette/scrub";
import { framePolicyOf } from "../recording/frame-policy.js";
import type { ScrubSettings } from "./scrub-settings.js";

/** Wires what a scan is made with. */
export function scanOptions(settings: ScrubSettings): ScanOptions {
  return { redactor: createScrubber(settings), createEmulator: createXtermEmulator, createProvenance };
}

/** Wires what a seal is made with. @param settings null seals without scrubbing. */
export function sealOptions(settings: ScrubSettings | null): SealOptions {
  return {
    redactor: settings && createScrubber(settings),
    ...(settings && {
      scanElsewhere: async (dir, masks, signal) => {
        const { runJob } = await import("../workers/pool.js");
        return runJob({ kind: "scan-output", dir, settings, masks }, signal);
      },
    }),
    deriveFrames: ({ framePolicy, ...recording }) =>
      deriveFrames({ ...recording, policy: framePolicyOf(framePolicy) }),
    emulator: (named) => xtermIdentity(widthsOf(named)),
    createEmulator: createXtermEmulator,
    createProvenance,
  };
}

/**
 * Wires what a recording is sealed with once it has ended: with the secrets of the settings and those that were typed meanwhile.
 * The scrubber is made at once, since that takes as long as a program's first output.
 */
export function sealAfter(
  settings: ScrubSettings | null,
  watch: Pick<SealOptions, "onProgress">,
): (typedSecrets: readonly string[]) => SealOptions {
  const options = { ...sealOptions(settings), ...watch };
  return (typedSecrets) => {
    if (settings === null || typedSecrets.length === 0) return options;
    const secrets = [...(settings.secrets ?? []), ...typedSecrets];
    return { ...sealOptions({ ...settings, secrets }), ...watch };
  };
}
