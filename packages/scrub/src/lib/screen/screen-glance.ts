import type { Emulator } from "@cassette/format";
import type { Detector } from "../engine/detector.js";
import { type SourceHit, utf8Of } from "../stream/lane.js";
import { scanScreen } from "./scan-screen.js";
import type { ScreenWatch } from "./screen-watch.js";

/** Looks at screens and reports whether more was on them than in the stream itself. */
export interface ScreenGlance extends ScreenWatch {
  /** @param reported what was found in the stream. */
  hasSeenMoreThan(reported: readonly SourceHit[]): boolean;
}

/** More different finds than these are not compared. */
const MOST_SEEN = 256;

/** Makes a glance over an emulator, which is fed here. */
export function createScreenGlance(
  emulator: Emulator,
  detector: Detector,
  isAllowed: (hit: SourceHit) => boolean,
): ScreenGlance {
  const seen = new Set<string>();
  let last: readonly string[] = [];
  return {
    weight: 1,
    async feed(bytes) {
      if (seen.size > MOST_SEEN) return;
      await emulator.feed(bytes);
      emulator.takeReplies();
    },
    look() {
      if (seen.size > MOST_SEEN) return 0;
      const { text, title, size } = emulator.snapshot();
      const cells = size.Rows * size.Cols;
      const rows = [...text, title];
      if (rows.length === last.length && rows.every((row, index) => row === last[index])) return cells;
      last = rows;
      for (const { places } of scanScreen(rows, detector, isAllowed))
        seen.add(places.map(({ row, start, end }) => rows[row]?.slice(start, end)).join(""));
      return cells;
    },
    hasSeenMoreThan(reported) {
      if (seen.size === 0) return false;
      const texts = new Set(reported.map(utf8Of));
      if (texts.size > MOST_SEEN) return true;
      // Where a part of it was in the stream, that part alone would be masked: the rest may be elsewhere, drawn later.
      return [...seen].some(
        (shown) => !texts.has(shown) || [...texts].some((text) => text !== shown && shown.includes(text)),
      );
    },
  };
}
