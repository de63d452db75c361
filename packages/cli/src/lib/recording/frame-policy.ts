import { CassetteError, type JsonValue } from "@cassette/format";
import type { FramePolicy } from "@cassette/frames";
import { parseDuration } from "../arguments.js";

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

/** The policy that a manifest's `optional.cassette.frame_policy` names; undefined if it is unknown. */
export function framePolicyOf(stated: JsonValue | undefined): FramePolicy | undefined {
  if (!isMap(stated)) return undefined;
  const { kind, settled_ms, interval_ms } = stated;
  if (kind === "chunk") return { kind };
  if (kind === "interval" && typeof interval_ms === "number") return { kind, interval_ms };
  if (kind !== "settled") return undefined;
  return {
    kind,
    ...(typeof settled_ms === "number" && { settled_ms }),
    ...(typeof interval_ms === "number" && { interval_ms }),
  };
}

function isMap(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
