export { describeUnmasked, type ObservedName } from "./lib/scrubbing/observed-names.js";
export {
  extendSettings,
  type ObservedSettings,
  observeScrubSettings,
  type ScrubSettings,
} from "./lib/scrubbing/scrub-settings.js";
export { scanOptions, sealOptions, sealUnwatched } from "./lib/scrubbing/seal-options.js";
export { restoreSettings } from "./lib/scrubbing/stored-settings.js";
