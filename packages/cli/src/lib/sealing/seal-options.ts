import type { ScanOptions, SealOptions } from "@cassette/core";
import { createProvenance, createXtermEmulator, deriveFrames, XTERM_IDENTITY } from "@cassette/frames";
import { createScrubber } from "@cassette/scrub";
import { framePolicyOf } from "../recording/frame-policy.js";
import type { ScrubSettings } from "./scrub-settings.js";

/** Composes the options of a scan. */
export function scanOptions(settings: ScrubSettings): ScanOptions {
  return { redactor: createScrubber(settings), createEmulator: createXtermEmulator, createProvenance };
}

/** Composes the options of a seal. @param settings null seals without scrubbing. */
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
    emulator: XTERM_IDENTITY,
    createEmulator: createXtermEmulator,
    createProvenance,
  };
}

/**
 * Composes the options of a seal after a recording: with the secrets of the settings and those typed during the recording.
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
