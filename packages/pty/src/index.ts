export { createPtyDriver } from "./lib/driver.js";
export { createFakeDriver, type FakeDriver } from "./lib/fake-driver.js";
export type { FakeProgram, FakeTerminal } from "./lib/fake-terminal.js";
export { identifyProgram, type ProgramIdentity } from "./lib/identify-program.js";
export type { SessionLimits } from "./lib/session-options.js";
export { START_MODES } from "./lib/terminal-modes.js";
