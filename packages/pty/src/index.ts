export { createPtyDriver } from "./lib/driver.js";
export { type EncodedKey, encodeKey, type KeyModes } from "./lib/keys.js";
export type { SessionLimits } from "./lib/session-options.js";
