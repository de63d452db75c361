import type { ScanOptions, SealOptions } from "@cassette/core";
import { createProvenance, createXtermEmulator, deriveFrames, XTERM_IDENTITY } from "@cassette/frames";
import { createScrubber, isDistinctSecret } from "@cassette/scrub";
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
    emulator: XTERM_IDENTITY,
    createEmulator: createXtermEmulator,
    createProvenance,
  };
}

/** Wires what seals a recording of which the input may hold passwords: one that another process has made. */
export function sealUnwatched(settings: ScrubSettings): SealOptions {
  return {
    ...sealOptions(settings),
    passwords: {
      isDistinct: isDistinctSecret,
      withSecrets: (secrets) => sealOptions(withSecrets(settings, secrets)),
    },
  };
}

function withSecrets(settings: ScrubSettings, secrets: readonly string[]): ScrubSettings {
  return { ...settings, secrets: [...(settings.secrets ?? []), ...secrets] };
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
    return { ...sealOptions(withSecrets(settings, typedSecrets)), ...watch };
  };
}
