export { type DeriveOptions, deriveFrames } from "./lib/derive/derive-frames.js";
export { createXtermEmulator } from "./lib/emulator/xterm-emulator.js";
export { createProvenance, type ProvenanceOptions } from "./lib/provenance/create-provenance.js";
export {
  type ChunkPolicy,
  DEFAULT_POLICY,
  type FramePolicy,
  type IntervalPolicy,
  type SettledPolicy,
} from "./lib/sampling/policy.js";
export {
  createSampler,
  type Sampler,
  type SamplerOptions,
} from "./lib/sampling/sampler.js";
export {
  type Moment,
  openScreens,
  type ScreenAt,
  type Screens,
  type ScreensOptions,
} from "./lib/seek/open-screens.js";
export { ansiText } from "./lib/text/ansi-text.js";
export { frameDiff } from "./lib/text/frame-diff.js";
export { type DrawableScreen, plainText } from "./lib/text/plain-text.js";
export {
  createTrailingEmulator,
  type TrailingEmulator,
  type TrailingOptions,
} from "./lib/trailing/trailing-emulator.js";
export {
  WIDTH_POLICIES,
  type WidthPolicy,
  widthsOf,
  XTERM_IDENTITY,
  xtermIdentity,
} from "./lib/xterm/identity.js";
