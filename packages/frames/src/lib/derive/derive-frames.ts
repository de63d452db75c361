import type { EmulatorFactory, TerminalSize } from "@cassette/format";
import type { SampledEvent } from "../sampling/events.js";
import type { FramePolicy } from "../sampling/policy.js";
import { createSampler, type SampledFrame } from "../sampling/sampler.js";
import { createXtermEmulator } from "../xterm/xterm-emulator.js";

/** What frames are derived from. */
export interface DeriveOptions {
  /** The terminal's first size. */
  size: TerminalSize;
  /** The recording in order; its last event is of kind "final". */
  events: AsyncIterable<SampledEvent> | Iterable<SampledEvent>;
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
  createEmulator = createXtermEmulator,
  ...sampling
}: DeriveOptions): AsyncGenerator<SampledFrame, void, undefined> {
  const emulator = createEmulator(size);
  try {
    const sampler = createSampler({ emulator, ...sampling });
    for await (const event of events) {
      yield* await sampler.observe(event);
      // Nobody is there to be answered.
      emulator.takeReplies();
    }
  } finally {
    emulator.close();
  }
}
