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
export { acquireRecordLock, type RecordLock } from "./lib/lock/record-lock.js";
export type { HeldInput, HeldOutcome } from "./lib/passwords/held-input.js";
export { createInputWatch, type InputWatch, type InputWatchOptions } from "./lib/passwords/input-watch.js";
export type { Binding } from "./lib/reader/binding.js";
export type { Cassette } from "./lib/reader/cassette.js";
export { type FindOptions, findCassettes } from "./lib/reader/find-cassettes.js";
export type { ReaderLimits } from "./lib/reader/limits.js";
export { type Mark, markLabel, readMarks } from "./lib/reader/marks.js";
export type { EventsOptions } from "./lib/reader/merged-events.js";
export { type OpenOptions, openCassette } from "./lib/reader/open-cassette.js";
export { createRecorder, type RecorderOptions } from "./lib/recorder/create-recorder.js";
export type { DraftManifest } from "./lib/recorder/draft-manifest.js";
export type { OverwrittenOutput, RecordCalls, Recorder } from "./lib/recorder/recorder.js";
export type { FinalDraft, FrameDraft, InputDraft, SessionEvent } from "./lib/recorder/records.js";
export { findSpools } from "./lib/recover/find-spools.js";
export { describeSpool, discardSpool, listSpools, type SpoolInfo } from "./lib/recover/list-spools.js";
export { type RecoverOptions, type Recovery, recover } from "./lib/recover/recover.js";
export type { Salvage } from "./lib/recover/salvage.js";
export { createAbsoluteSleeper } from "./lib/replay/absolute-sleeper.js";
export { type ReplayMode, type ReplayOptions, replay } from "./lib/replay/replay.js";
export {
  type FollowedScan,
  type FollowOptions,
  followOutput,
  type OutputFollower,
} from "./lib/seal/follow-output.js";
export type { ArtifactReport } from "./lib/seal/report-builder.js";
export { type ScanOptions, scanCassette, scanMaskedOutput } from "./lib/seal/scan-cassette.js";
export { scrubStatedFacts } from "./lib/seal/scrub-facts.js";
export { type SealCassetteOptions, seal } from "./lib/seal/seal.js";
export type { PasswordSearch, ScanElsewhere, SealOptions, SealProgress } from "./lib/seal/seal-options.js";
export { createScreenSearch, type ScreenMatch, type ScreenSearch } from "./lib/search/screen-search.js";
export {
  type SearchMatch,
  type SearchOptions,
  type SearchPlace,
  searchCassette,
} from "./lib/search/search-cassette.js";
export {
  type ClassifiedInput,
  createInputClassifier,
  type InputClassifier,
} from "./lib/stub/input-classifier.js";
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
