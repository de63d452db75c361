export type { ManifestDifference } from "./lib/compare/compare-manifests.js";
export {
  type CompareOptions,
  compareRecordings,
  type RecordingComparison,
  type RecordingDifference,
} from "./lib/compare/compare-recordings.js";
export type { ScreenDifference } from "./lib/compare/compare-screens.js";
export { type Epoch, type EpochOptions, type Recording, readEpochs } from "./lib/compare/epochs.js";
export { GRADES, type Grade, gradeDifference } from "./lib/compare/grade-difference.js";
export { type InputStep, inputWords } from "./lib/compare/input-step.js";
export {
  compareFrames,
  differingFrames,
  type FrameComparison,
  type FramePart,
  type RedrawnEnd,
  type RedrawnFrame,
} from "./lib/frames/compare-frames.js";
export { type FreshnessRules, findStaleness, type Staleness } from "./lib/freshness/find-staleness.js";
export type { Binding } from "./lib/reader/binding.js";
export type { Cassette } from "./lib/reader/cassette.js";
export { type FindOptions, findCassettes } from "./lib/reader/find-cassettes.js";
export { readLastResize } from "./lib/reader/last-resize.js";
export type { ReaderLimits } from "./lib/reader/limits.js";
export { type Mark, markLabel, readMarks } from "./lib/reader/marks.js";
export type { EventsOptions } from "./lib/reader/merged-events.js";
export { type OpenOptions, openCassette } from "./lib/reader/open-cassette.js";
export { type Preview, readPreview } from "./lib/reader/read-preview.js";
export { readSummary, type Summary } from "./lib/reader/read-summary.js";
export { createAbsoluteSleeper } from "./lib/replay/absolute-sleeper.js";
export { type ReplayMode, type ReplayOptions, replay } from "./lib/replay/replay.js";
export { createPrintedText, type PrintedLine, type PrintedText } from "./lib/search/printed-text.js";
export { createScreenSearch, type ScreenMatch, type ScreenSearch } from "./lib/search/screen-search.js";
export {
  type SearchMatch,
  type SearchOptions,
  type SearchPlace,
  searchCassette,
} from "./lib/search/search-cassette.js";
export { createTypedText, type TypedText } from "./lib/search/typed-text.js";
export { createReplayDriver, type ReplayDriverOptions } from "./lib/stub/replay-driver.js";
export {
  createStub,
  type Stub,
  type StubFailure,
  type StubOptions,
  type StubOutcome,
  type StubReport,
} from "./lib/stub/stub.js";
export { systemClock } from "./lib/system-clock.js";
