import type { JsonValue } from "@cassette/format";
import type { FramePolicy } from "@cassette/frames";

/** The policy that a manifest's `optional.cassette.frame_policy` names; undefined if it names none that is known. */
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
