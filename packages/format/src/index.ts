export type { ArtifactFile, ArtifactSource, ReadableBytes } from "./lib/artifact-source.js";
export {
  ARTIFACT,
  type ArtifactName,
  DOCUMENTS,
  type DocumentName,
  documentNames,
  FORMAT_VERSION,
  MAX_TERMINAL_SIZE,
  MAX_WIRE_SIZE,
  OPTIONAL_ARTIFACTS,
  optionalDocumentNames,
  REQUIRED_ARTIFACTS,
} from "./lib/artifacts.js";
export { cassetteExtras } from "./lib/cassette-extras.js";
export { CELL_COLOR, CELL_MODE } from "./lib/cells.js";
export type { Clock, Sleeper } from "./lib/clock.js";
export type {
  CellProvenance,
  CellProvenanceFactory,
  CursorShape,
  Emulator,
  EmulatorCheckpoint,
  EmulatorFactory,
  Screen,
  ScreenDetails,
  ScreenLink,
  ScreenSpan,
  ScreenUnderline,
  SnapshotOptions,
} from "./lib/emulator-port.js";
export { CassetteError, type CassetteErrorDetails, isCassetteError } from "./lib/error.js";
export type { CassetteErrorCode, CassetteErrorCodes } from "./lib/error-codes.js";
export {
  escapeJson,
  escapeLine,
  escapeText,
  replaceUnsafe,
  SERVER_COMMAND,
  stripAllButSgr,
} from "./lib/escape-text.js";
export { firstError } from "./lib/first-error.js";
export type {
  DerivedRecording,
  FrameDeriver,
  SampledEvent,
  SampledFrame,
  SampledKind,
} from "./lib/frame-deriver-port.js";
export { graphemesByColumn } from "./lib/graphemes-by-column.js";
export { type FreeMap, JSON_TEXT, type JsonText, type JsonValue } from "./lib/json.js";
export type {
  Command,
  ContentDigest,
  EmulatorIdentity,
  Harness,
  Manifest,
  Provenance,
  Terminal,
  Timing,
} from "./lib/manifest.js";
export type {
  InputOrigin,
  KillReport,
  KnownModes,
  PtyDriver,
  PtyEndEvent,
  PtyEvent,
  PtyExit,
  PtyExitEvent,
  PtyInputEvent,
  PtyOutputEvent,
  PtyResizeEvent,
  PtySession,
  PtySignalEvent,
  PtyStartOptions,
  TerminalModes,
  TerminalSize,
} from "./lib/pty-port.js";
export type {
  CassetteEvent,
  Cell,
  Cursor,
  EventKind,
  Exit,
  FinalRecord,
  FrameRecord,
  InputRecord,
  OutputRecord,
  ServiceEventRecord,
  Size,
  Timed,
} from "./lib/records.js";
export type {
  Redactor,
  ScreenHit,
  ScrubbedInputs,
  ScrubbedJson,
  ScrubbedStream,
  ScrubbedText,
  ScrubStreamOptions,
  StreamEvent,
} from "./lib/redactor-port.js";
export {
  type Discovery,
  type DocumentTypes,
  type FoundDocuments,
  type OptionalDocuments,
  type Quota,
  type ScrubReport,
  SKIPPED_SCREENS,
} from "./lib/reports.js";
export { goSignalName, signalName } from "./lib/signals.js";
export { applyMask, type StreamMask } from "./lib/stream-mask.js";
export { systemErrorHint } from "./lib/system-error-hint.js";
