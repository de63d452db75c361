export { createReplayDriver } from "@cassette/core/reader";
export type { WaitOptions } from "@cassette/terminal";
export type { ColorName, Mask } from "@cassette/terminal/masks";
export { failureMarkdown } from "./lib/artifacts/failure-markdown.js";
export { type FailureReport, reportOf } from "./lib/artifacts/failure-report.js";
export { writeFailure } from "./lib/artifacts/write-failure.js";
export type {
  CellStyle,
  CursorAt,
  ExitStatus,
  FinalMetadata,
  FrameContains,
  FrameEventuallyContains,
  FrameNeverContains,
  FrameStableFor,
  InputBytes,
  RawOutputOrder,
  ReferenceAssertion,
  ResizeOrder,
  ServiceJson,
  SizeAt,
  SizeEventually,
  TimingGap,
} from "./lib/assertions/assertion.js";
export type {
  AlternateScreen,
  Assertion,
  AssertionType,
  BellRings,
  EventOrder,
  EventPattern,
  FrameMatches,
  Pattern,
  ScreenEquals,
  ServiceJsonPath,
  TextStyle,
  TitleIs,
} from "./lib/assertions/cassette-assertion.js";
export { ASSERTION_TYPES } from "./lib/assertions/check-assertion.js";
export type { Evidence, EvidenceEvent, EvidenceScreen, FrameWithoutCells } from "./lib/evidence/evidence.js";
export type { Moment } from "./lib/evidence/moment.js";
export { type CassetteEvidence, type ReadOptions, readEvidence } from "./lib/evidence/read-evidence.js";
export type { EvidenceSource } from "./lib/evidence/with-evidence.js";
export type { Failure } from "./lib/failure/failure.js";
export { failureText } from "./lib/failure/failure-text.js";
export { assertHolds, assertScreen, type NodeTest } from "./lib/golden/assert-functions.js";
export type { GoldenOptions } from "./lib/golden/golden-screen.js";
export { cassetteMatchers, type MatchScreenOptions } from "./lib/golden/matchers.js";
export {
  type DriverForOptions,
  driverFor,
  type RecordMode,
  type TestSubject,
} from "./lib/live/driver-for.js";
export { openTerminal } from "./lib/live/open-terminal.js";
export type { Terminal, TerminalOptions } from "./lib/live/terminal.js";
export type { Split } from "./lib/reslice/cuts.js";
export { type ResliceOptions, reslice, resliceBytes, type Slice } from "./lib/reslice/reslice.js";
export { type OpenScenario, openScenario, type ScenarioOptions } from "./lib/scenario/open-scenario.js";
export { parseScenario } from "./lib/scenario/parse-scenario.js";
export { checkAssertions, runScenario, type ScenarioResult } from "./lib/scenario/run-scenario.js";
export type { Scenario, ScenarioEnvironment } from "./lib/scenario/scenario.js";
export { scenarioText } from "./lib/scenario/scenario-text.js";
