import type { Screen } from "@cassette/format";

/** A screen and how long it is shown. */
export interface TimedScreen {
  /** With cells; with details where links, kinds of underlines and set colours matter. */
  screen: Screen;
  durationMs: number;
}
