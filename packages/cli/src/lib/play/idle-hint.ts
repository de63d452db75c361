import type { Cassette } from "@cassette/core/reader";
import { cassetteExtras } from "@cassette/format";

/** Milliseconds that pauses are cut to, if the cassette itself says so. */
export function idleHint({ manifest }: Cassette): number | undefined {
  const { idle_time_limit_s: seconds } = cassetteExtras(manifest);
  return typeof seconds === "number" && seconds > 0 ? seconds * 1_000 : undefined;
}
