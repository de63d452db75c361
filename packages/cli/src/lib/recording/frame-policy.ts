import { CassetteError } from "@cassette/format";
import { parseDuration } from "@cassette/format/units";
import type { FramePolicy } from "@cassette/frames";

/**
 * Parses a frame policy: `settled`, `settled:200ms`, `chunk`, `interval:500ms`.
 * @throws CassetteError CASSETTE_USAGE.
 */
export function parseFramePolicy(text: string): FramePolicy {
  const [kind, time] = text.split(":", 2);
  const ms = time === undefined ? undefined : parseDuration(time);
  if (kind === "chunk" && ms === undefined) return { kind };
  if (kind === "settled") return { kind, ...(ms !== undefined && { settled_ms: ms }) };
  if (kind === "interval" && ms !== undefined && ms > 0) return { kind, interval_ms: ms };
  throw new CassetteError(
    "CASSETTE_USAGE",
    "A frame policy is settled, settled:200ms, chunk or interval:500ms.",
  );
}
