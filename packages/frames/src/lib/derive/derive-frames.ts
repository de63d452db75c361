import type { DerivedRecording, EmulatorFactory, SampledFrame } from "@cassette/format";
import type { FramePolicy } from "../sampling/policy.js";
import { createSampler } from "../sampling/sampler.js";
import { createXtermEmulator } from "../xterm/xterm-emulator.js";

/** What frames are derived from, and how. */
export interface DeriveOptions extends DerivedRecording {
  policy?: FramePolicy;
  /** Frames have cells; false unless told. */
  cells?: boolean;
  /** {@link createXtermEmulator} unless told. */
  createEmulator?: EmulatorFactory;
}

/**
 * Derives all frames of a recording, exactly those which a sampler told of the same events takes while it happens.
 * @throws CassetteError `CASSETTE_SIZE_INVALID` when the terminal is or becomes too large to be drawn.
 */
export async function* deriveFrames({
  size,
  events,
  emulator: like,
  createEmulator = createXtermEmulator,
  ...sampling
}: DeriveOptions): AsyncGenerator<SampledFrame, void, undefined> {
  const emulator = createEmulator(size, like);
  try {
    const sampler = createSampler({ emulator, ...sampling });
    for await (const event of events) {
      for (const frame of await sampler.observe(event)) yield frame;
      // Nobody is there to be answered.
      emulator.takeReplies();
    }
  } finally {
    emulator.close();
  }
}
