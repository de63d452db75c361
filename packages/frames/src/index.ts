export { type DeriveOptions, deriveFrames } from "./lib/derive/derive-frames.js";
export type { SampledEvent, SampledKind } from "./lib/sampling/events.js";
export {
  type ChunkPolicy,
  DEFAULT_POLICY,
  type FramePolicy,
  type IntervalPolicy,
  type SettledPolicy,
} from "./lib/sampling/policy.js";
export {
  createSampler,
  type SampledFrame,
  type Sampler,
  type SamplerOptions,
} from "./lib/sampling/sampler.js";
export { XTERM_IDENTITY } from "./lib/xterm/library.js";
export { createXtermEmulator } from "./lib/xterm/xterm-emulator.js";
