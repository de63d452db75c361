import type { DerivedRecording, EmulatorFactory, SampledFrame } from "@cassette/format";
import { createXtermEmulator } from "../emulator/xterm-emulator.js";
import type { FramePolicy } from "../sampling/policy.js";
import { createSampler } from "../sampling/sampler.js";

/** What frames are derived from, and how. */
export interface DeriveOptions extends DerivedRecording {
  policy?: FramePolicy;
  /** Whether frames have cells. Default: false. */
  cells?: boolean;
  /** Default: {@link createXtermEmulator}. */
  createEmulator?: EmulatorFactory;
}

/**
 * Derives all frames of a recording, exactly those that a sampler takes of the same events during a live recording.
 * @throws CassetteError `CASSETTE_SIZE_INVALID` when the terminal is or becomes too large to be drawn.
 */
export async function* deriveFrames({
  size,
  events,
  emulator: like,
  createEmulator = createXtermEmulator,
  lastResize = Number.POSITIVE_INFINITY,
  ...sampling
}: DeriveOptions): AsyncGenerator<SampledFrame, void, undefined> {
  const emulator = createEmulator(size, like);
  let isResized = true;
  try {
    const sampler = createSampler({ emulator, ...sampling });
    for await (const event of events) {
      for (const frame of await sampler.observe(event)) yield frame;
      // Replies are dropped: there is no program to receive them.
      emulator.takeReplies();
      if (isResized && event.seq >= lastResize) {
        isResized = false;
        emulator.dropScrollback?.();
      }
    }
  } finally {
    emulator.close();
  }
}
