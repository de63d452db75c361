export {
  type ImportedRecording,
  type ImportOptions,
  importIntoCassette,
} from "./lib/recordings/import-into-cassette.js";
export {
  type ConvertedRecording,
  isRecordingOfAnotherTool,
  type OpenedRecordingOptions,
  openRecording,
} from "./lib/recordings/open-recording.js";
export { isArchive, isUrl, openCassetteAt, openSource } from "./lib/recordings/open-source.js";
