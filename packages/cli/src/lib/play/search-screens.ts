import { setImmediate as othersTurn } from "node:timers/promises";
import { createScreenSearch } from "@cassette/core/reader";
import type { Screens } from "@cassette/frames";
import { escapePattern } from "../escape-pattern.js";
import { nextMoment, type Timeline } from "./timeline.js";

/** After this many moments, keys are handled. */
const MOMENTS_A_TURN = 50;

/**
 * The next moment at which a text newly appears on the screen; null if it does not, or when aborted. Lower case matches
 * upper case, too.
 */
export async function searchScreens(
  screens: Screens,
  timeline: Timeline,
  { text, after, signal }: { text: string; after: number; signal: AbortSignal },
): Promise<number | null> {
  const search = createScreenSearch(
    new RegExp(escapePattern(text), text === text.toLowerCase() ? "iu" : "u"),
  );
  search.look({ snapshot: snapshotOf((await screens.at({ t_ms: after })).screen) });
  let count = 0;
  for (let t = nextMoment(timeline, after); t !== undefined; t = nextMoment(timeline, t)) {
    if (++count % MOMENTS_A_TURN === 0) await othersTurn();
    if (signal.aborted) return null;
    const { screen } = await screens.at({ t_ms: t });
    if (search.look({ snapshot: snapshotOf(screen) }).length > 0) return t;
  }
  return null;
}

const snapshotOf =
  <T>(screen: T) =>
  () =>
    screen;
