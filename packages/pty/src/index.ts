export { createPtyDriver } from "./lib/driver.js";
export { createFakeDriver, type FakeDriver } from "./lib/fake-driver.js";
export type { FakeProgram, FakeTerminal } from "./lib/fake-terminal.js";
export { type EncodedKey, encodeKey, type KeyModes } from "./lib/keys.js";
export type { SessionLimits } from "./lib/session-options.js";
