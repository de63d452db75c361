export { framePolicyOf } from "./lib/parts/frame-policy.js";
export type { Attachment, LiveRecording } from "./lib/recording/attachment.js";
export type {
  InputSource,
  RecordHooks,
  RecordingOutcome,
  RecordOptions,
  RecordScrub,
} from "./lib/recording/options.js";
export { prepareRecording, type RecordingPlan } from "./lib/recording/prepare-recording.js";
export { recordPlanned, recordProgram } from "./lib/recording/record-program.js";
export { createRecordingDriver } from "./lib/recording/recording-driver.js";
export type { StatedFacts } from "./lib/recording/stated-facts.js";
export { createInputReplay } from "./lib/rerecording/input-replay.js";
export type { ObservedName } from "./lib/scrubbing/observed-names.js";
export type { Condition, Look, WaitOutcome, Watched } from "./lib/terminal/condition.js";
export { EXIT_CONDITION, settledCondition, textCondition } from "./lib/terminal/conditions.js";
export type { Display } from "./lib/terminal/display.js";
export { openTerminal, type TerminalOptions } from "./lib/terminal/open-terminal.js";
export type { Terminal, WaitOptions, WaitScope } from "./lib/terminal/terminal.js";
