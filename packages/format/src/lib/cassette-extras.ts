import type { FreeMap } from "./json.js";
import type { Manifest } from "./manifest.js";

/** The facts that our recorders write into `optional.cassette`; empty if there is no such map. */
export function cassetteExtras({ optional }: Pick<Manifest, "optional">): FreeMap {
  const facts = optional?.cassette;
  return typeof facts === "object" && facts !== null && !Array.isArray(facts) ? facts : {};
}
