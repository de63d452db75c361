import type { ScanElsewhere, ScanOptions, SealOptions } from "@cassette/core";
import { createScrubber, isDistinctSecret } from "@cassette/scrub";
import { framePolicyOf } from "../parts/frame-policy.js";
import {
  createEmulator,
  createProvenance,
  deriveFrames,
  emulatorIdentity,
  widthsOf,
} from "../parts/parts.js";
import type { ScrubSettings } from "./scrub-settings.js";

/** Composes the options of a scan. */
export function scanOptions(settings: ScrubSettings): ScanOptions {
  return { redactor: createScrubber(settings), createEmulator, createProvenance };
}

/** Makes what scans a recording's output on another thread, with these settings. */
type MakeScan = (settings: ScrubSettings) => ScanElsewhere;

/**
 * Composes the options of a seal.
 * @param settings null seals without scrubbing.
 * @param scanElsewhere default: the output is scanned on this thread.
 */
export function sealOptions(settings: ScrubSettings | null, scanElsewhere?: MakeScan): SealOptions {
  return {
    redactor: settings && createScrubber(settings),
    ...(settings && scanElsewhere && { scanElsewhere: scanElsewhere(settings) }),
    deriveFrames: ({ framePolicy, ...recording }) =>
      deriveFrames({ ...recording, policy: framePolicyOf(framePolicy) }),
    emulator: (named) => emulatorIdentity(widthsOf(named)),
    createEmulator,
    createProvenance,
  };
}

/** Composes the options of a seal of a recording that another process has made: its input may hold passwords. */
export function sealUnwatched(settings: ScrubSettings, scanElsewhere?: MakeScan): SealOptions {
  return {
    ...sealOptions(settings, scanElsewhere),
    passwords: {
      isDistinct: isDistinctSecret,
      withSecrets: (secrets) => sealOptions(withSecrets(settings, secrets), scanElsewhere),
    },
  };
}

function withSecrets(settings: ScrubSettings, secrets: readonly string[]): ScrubSettings {
  return { ...settings, secrets: [...(settings.secrets ?? []), ...secrets] };
}

/**
 * Composes the options of a seal after a recording: with the secrets of the settings and those typed during the recording.
 * The scrubber is made at once, since that takes as long as a program's first output.
 */
export function sealAfter(
  settings: ScrubSettings | null,
  scanElsewhere?: MakeScan,
): (typedSecrets: readonly string[]) => SealOptions {
  const options = sealOptions(settings, scanElsewhere);
  return (typedSecrets) => {
    if (settings === null || typedSecrets.length === 0) return options;
    return sealOptions(withSecrets(settings, typedSecrets), scanElsewhere);
  };
}
