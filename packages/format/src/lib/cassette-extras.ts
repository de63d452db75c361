import type { FreeMap } from "./json.js";
import type { Manifest } from "./manifest.js";

/** What recorders of ours note of a recording in `optional.cassette`; empty where there is no map of that name. */
export function cassetteExtras({ optional }: Pick<Manifest, "optional">): FreeMap {
  const facts = optional?.cassette;
  return typeof facts === "object" && facts !== null && !Array.isArray(facts) ? facts : {};
}
