export * from "./lib/parts/parts.js";
export { screensOf } from "./lib/screens/screens-of.js";
