import type { TerminalSize } from "@cassette/format";
import type { LossTally } from "./losses.js";
import type { RecordingEvent } from "./recording.js";

/** A resize, or null where the source says no size: then it is counted as lost. */
export function resizeEvent(
  atUs: number,
  size: TerminalSize | undefined,
  losses: LossTally,
): RecordingEvent | null {
  if (size) return { kind: "resize", atUs, size };
  losses.add("resizes");
  return null;
}
