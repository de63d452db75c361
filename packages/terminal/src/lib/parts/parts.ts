// The only file above the leaves that names an emulator and a driver. To use others, change it here.
import type { EmulatorFactory, PtyDriver, SampledFrame } from "@cassette/format";
import {
  createXtermEmulator,
  type DeriveOptions,
  deriveFrames as deriveFramesWith,
  openScreens as openScreensWith,
  type Screens,
  type ScreensOptions,
  xtermIdentity,
} from "@cassette/frames";

export { createProvenance, type WidthPolicy, widthsOf } from "@cassette/frames";

/** Makes the emulator that draws all screens. */
export const createEmulator: EmulatorFactory = createXtermEmulator;

/** Its name and version, as manifests have them, with the policy for the widths of characters. */
export const emulatorIdentity: typeof xtermIdentity = xtermIdentity;

/** Derives the frames of a recording. */
export function deriveFrames(options: DeriveOptions): AsyncGenerator<SampledFrame, void, undefined> {
  return deriveFramesWith({ createEmulator, ...options });
}

/** Opens the screens of a recording at any moment. */
export function openScreens(options: ScreensOptions): Screens {
  return openScreensWith({ createEmulator, ...options });
}

/** Loads native code, so only when a real program is started. */
export async function loadDriver(): Promise<PtyDriver> {
  const { createPtyDriver } = await import("@cassette/pty");
  return createPtyDriver();
}
