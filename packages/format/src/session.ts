export { createEventLog, type EventLog, type EventLogOptions } from "./lib/session/event-log.js";
export type { QueueLimits } from "./lib/session/event-queue.js";
export { createInputCalls, type QueuedInput } from "./lib/session/input-calls.js";
export { type EncodedKey, encodeKey, type KeyModes } from "./lib/session/keys.js";
export { createModeTracker, type ModeTracker } from "./lib/session/mode-tracker.js";
export { checkSignal, inputOverflow, sessionClosed } from "./lib/session/session-errors.js";
export { checkSize, checkStartOptions } from "./lib/session/start-options.js";
export { wireExit } from "./lib/session/wire-exit.js";
