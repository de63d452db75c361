export { type AsciicastOptions, writeAsciicast } from "./lib/asciicast/write-asciicast.js";
export { type ReadableCassette, readCassette } from "./lib/cassette/read-cassette.js";
export {
  type ImportClock,
  type ImportedManifest,
  type ImportOptions,
  importRecording,
  type RecordingImport,
  type RecordSink,
} from "./lib/cassette/record-into.js";
export {
  isSudoLog,
  type OpenedRecording,
  type OpenRecordingOptions,
  openTerminalRecording,
} from "./lib/open/open-recording.js";
export { type Loss, type LossKind, type LossName, type LossTally, lossText } from "./lib/recording/losses.js";
export type {
  ForeignEvent,
  RecordedExit,
  RecordingEvent,
  RecordingFacts,
  SourceFormat,
  TerminalRecording,
} from "./lib/recording/recording.js";
export type { Written } from "./lib/recording/written.js";
export { type ScriptOptions, type ScriptPiece, writeTypescript } from "./lib/script/write-typescript.js";
export type { SourceLimits } from "./lib/source/limits.js";
export type { SourceOptions } from "./lib/source/open-source.js";
export { writeTtyrec } from "./lib/ttyrec/write-ttyrec.js";
