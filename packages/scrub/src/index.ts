export { createScrubber } from "./lib/create-scrubber.js";
export { environmentSecrets, secretVariables } from "./lib/default-rules.js";
export { isDistinctiveName } from "./lib/lexicon/ordinary-words.js";
export { isDistinctSecret } from "./lib/lexicon/word-classes.js";
export { type EnvironmentName, environmentNames } from "./lib/rules/environment-names.js";
export type { UserRule } from "./lib/rules/user-pattern.js";
export type { CommonConfig, DefaultConfig, GoConfig, ScrubConfig } from "./lib/scrub-config.js";
export type { FullScrubber, ScrubbedEnv, Scrubber } from "./lib/scrubber.js";
export type { TextFilter, TextHit } from "./lib/stream/label-stream.js";
