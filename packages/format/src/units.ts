export { DURATION, isTimeout, parseDuration } from "./lib/units/duration.js";
export { DEFAULT_SIZE, parseWindowSize, WINDOW_SIZE } from "./lib/units/window-size.js";
