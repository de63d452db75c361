import { createDefaultScrubber } from "./create-default-scrubber.js";
import { createGoScrubber } from "./go-v1/create-go-scrubber.js";
import type { DefaultConfig, GoConfig, ScrubConfig } from "./scrub-config.js";
import type { FullScrubber, Scrubber } from "./scrubber.js";

/**
 * Makes a scrubber of a rule set.
 * @throws CassetteError CASSETTE_RULE_INVALID: a rule or a secret of the user's that cannot be used.
 */
export function createScrubber(config: GoConfig): Scrubber;
export function createScrubber(config?: DefaultConfig): FullScrubber;
export function createScrubber(config: ScrubConfig = {}): Scrubber | FullScrubber {
  return config.ruleSet === "go-v1" ? createGoScrubber(config) : createDefaultScrubber(config);
}
