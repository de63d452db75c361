import type { Emulator } from "@cassette/format";
import type { Detector } from "../engine/detector.js";
import { scanScreen } from "../screen/scan-screen.js";
import type { SourceHit } from "./lane.js";
import type { ScreenWatch } from "./screen-watch.js";

/** Looks at screens and tells whether anything was on one of them. */
export interface ScreenGlance extends ScreenWatch {
  readonly hasSeen: boolean;
}

/** Makes a glance over an emulator, which is fed here. */
export function createScreenGlance(
  emulator: Emulator,
  detector: Detector,
  isAllowed: (hit: SourceHit) => boolean,
): ScreenGlance {
  let hasSeen = false;
  return {
    async feed(bytes) {
      // What was found once is found: the rest need not be drawn.
      if (hasSeen) return;
      await emulator.feed(bytes);
      emulator.takeReplies();
    },
    look() {
      if (hasSeen) return;
      const { text, title } = emulator.snapshot();
      hasSeen = scanScreen([...text, title], detector, isAllowed).length > 0;
    },
    get hasSeen() {
      return hasSeen;
    },
  };
}
