export { createScrubber, type ScrubbedEnv, type ScrubbedText, type Scrubber } from "./lib/create-scrubber.js";
export type { ScrubConfig } from "./lib/scrub-config.js";
