import type { RedrawnFrame, SealOptions } from "@cassette/core";
import { type Cassette, differingFrames } from "@cassette/core/reader";
import type { EmulatorIdentity, ScrubReport } from "@cassette/format";
import { maskedBefore } from "./masked-before.js";

/** How the frames of a recording are to change. */
export interface ScreenChanges {
  /** The emulator that made the frames, and the installed one. */
  from: EmulatorIdentity;
  to: EmulatorIdentity;
  /** Frames compared. */
  frames: number;
  /** Those that the installed emulator draws otherwise. At most {@link MOST_CHANGES}. */
  changed: RedrawnFrame[];
  /** How many differ in all. */
  changedCount: number;
}

/** How to derive frames again. */
export interface RerenderOptions {
  /** Path of the cassette to make; its parent must exist. */
  target: string;
  seal: SealOptions;
  /** Replaces a cassette at the target. Default: false, which refuses. */
  overwrite?: boolean;
}

/** Changes that are listed; the others are counted. */
const MOST_CHANGES = 1_000;

/**
 * Draws every stored frame with the installed emulator and lists those that differ.
 * @throws CassetteError of the emulator; `signal.reason` when aborted.
 */
export async function findScreenChanges(
  cassette: Cassette,
  { signal }: { signal?: AbortSignal } = {},
): Promise<ScreenChanges> {
  const { createEmulator, emulatorIdentity, widthsOf } = await import("../parts/parts.js");
  const { emulator: from } = cassette.manifest.terminal;
  const changed: RedrawnFrame[] = [];
  let changedCount = 0;
  const differing = differingFrames(cassette, createEmulator, { signal });
  for (;;) {
    const { value, done } = await differing.next();
    if (done)
      return { from, to: emulatorIdentity(widthsOf(from)), frames: value.frames, changed, changedCount };
    if (++changedCount <= MOST_CHANGES) changed.push(value);
  }
}

/**
 * Makes a sealed copy of a cassette whose frames are those of the installed emulator. It keeps its id: the evidence is the same,
 * unless the last scan finds more to mask.
 * @throws CassetteError CASSETTE_TARGET_EXISTS, those of the seal; `signal.reason` when aborted.
 */
export async function rerenderRecording(
  cassette: Cassette,
  { target, seal: options, overwrite }: RerenderOptions,
): Promise<ScrubReport> {
  const { seal } = await import("@cassette/core");
  const found = [...(options.found ?? []), ...maskedBefore(cassette.scrubReport)];
  return seal(cassette.dir, target, { ...options, found, overwrite, gitAttributes: true });
}
