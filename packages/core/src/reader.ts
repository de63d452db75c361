export { compareFrames, type FrameComparison, type FramePart } from "./lib/frames/compare-frames.js";
export type { Binding } from "./lib/reader/binding.js";
export type { Cassette } from "./lib/reader/cassette.js";
export type { ReaderLimits } from "./lib/reader/limits.js";
export type { EventsOptions } from "./lib/reader/merged-events.js";
export { type OpenOptions, openCassette } from "./lib/reader/open-cassette.js";
export { createAbsoluteSleeper } from "./lib/replay/absolute-sleeper.js";
export { type ReplayMode, type ReplayOptions, replay } from "./lib/replay/replay.js";
