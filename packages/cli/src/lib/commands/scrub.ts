import { observeScrubSettings } from "../sealing/scrub-settings.js";
import { type FilterStreams, scrubText } from "./scrub-text.js";

/** Options of `cassette scrub`, as the command line gives them. */
export interface ScrubOptions {
  check?: boolean;
  rules?: string;
}

/** Scrubs, or only looks. */
export async function scrub({ check, rules }: ScrubOptions, streams: FilterStreams): Promise<number> {
  const settings = await observeScrubSettings({ env: process.env, cwd: process.cwd(), rules });
  return scrubText(settings, { check }, streams);
}
