export { createPtyDriver } from "./lib/driver.js";
export { createFakeDriver, type FakeDriver } from "./lib/fake-driver.js";
export type { FakeProgram, FakeTerminal } from "./lib/fake-terminal.js";
export type { SessionLimits } from "./lib/session-options.js";
