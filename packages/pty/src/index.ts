export { createPtyDriver } from "./lib/driver.js";
export { createFakeDriver, type FakeDriver } from "./lib/fake-driver.js";
export type { FakeProgram, FakeTerminal } from "./lib/fake-terminal.js";
export { type ForegroundProcess, readForeground } from "./lib/foreground.js";
export { identifyProgram, type ProgramIdentity } from "./lib/identify-program.js";
export { findInputWait, type InputWait } from "./lib/input-wait.js";
export { inheritedEnv } from "./lib/launch.js";
export type { SessionLimits } from "./lib/session-options.js";
export { canReadModesNatively, START_MODES } from "./lib/terminal-modes.js";
