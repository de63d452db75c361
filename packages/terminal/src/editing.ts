export type { CutPace } from "./lib/editing/cut-clock.js";
export type { CutPlace } from "./lib/editing/cut-places.js";
export { type JoinedRecording, type JoinOptions, joinRecordings } from "./lib/editing/join-recordings.js";
export {
  findScreenChanges,
  type RerenderOptions,
  rerenderRecording,
  type ScreenChanges,
} from "./lib/editing/rerender-recording.js";
export { type TrimmedRecording, type TrimOptions, trimRecording } from "./lib/editing/trim-recording.js";
