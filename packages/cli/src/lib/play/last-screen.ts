import type { SnapshotOptions } from "@cassette/format";
import type { ScreenAt, Screens } from "@cassette/frames";
import { previousMoment, type Timeline } from "./timeline.js";

/**
 * The last screen with any text on it: a full-screen program leaves nothing when it ends.
 * @param until milliseconds. Default: the end.
 * @returns the first screen where none has text.
 */
export async function lastScreenWithText(
  screens: Screens,
  timeline: Timeline,
  until: number = timeline.duration_ms,
  wanted: SnapshotOptions = {},
): Promise<ScreenAt> {
  for (let t_ms: number | undefined = until; ; ) {
    const shown = await screens.at({ t_ms }, wanted);
    const before: number | undefined = previousMoment(timeline, t_ms);
    if (before === undefined || shown.screen.text.some((row) => row.trim() !== "")) return shown;
    t_ms = before;
  }
}
