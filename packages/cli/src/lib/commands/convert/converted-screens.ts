import type { Cassette } from "@cassette/core/reader";
import { CassetteError, type Screen } from "@cassette/format";
import type { Screens } from "@cassette/frames";
import { pickMoments, type TimedScreen } from "@cassette/render";
import { idleHint } from "../../play/idle-hint.js";
import { lastScreenWithText } from "../../play/last-screen.js";
import { readTimeline, type Timeline } from "../../play/timeline.js";

/** Which screens to draw, as the command line says it. Times are in milliseconds. */
export interface ScreenChoice {
  at?: number;
  last?: boolean;
  /** Label of a mark. */
  mark?: string;
  from?: number;
  to?: number;
  speed: number;
  maxIdle?: number;
  fps: number;
}

/** Pauses are cut to this where neither the user nor the recording says another limit. */
const MAX_IDLE_MS = 3_000;

const WANTED = { cells: true, details: true } as const;

/**
 * The one screen that is chosen; by default the last with text.
 * @throws CassetteError CASSETTE_USAGE where there is no such mark.
 */
export async function chosenScreen(
  cassette: Cassette,
  screens: Screens,
  choice: ScreenChoice,
): Promise<Screen> {
  const timeline = await readTimeline(cassette);
  if (choice.mark !== undefined)
    return (await screens.at({ seq: placeOfMark(timeline, choice.mark) }, WANTED)).screen;
  if (choice.at !== undefined) return (await screens.at({ t_ms: choice.at }, WANTED)).screen;
  return (await lastScreenWithText(screens, timeline, choice.to, WANTED)).screen;
}

/** The `seq` of a mark: what follows it may have the same time. */
function placeOfMark({ marks }: Timeline, label: string): number {
  const mark = marks.find((candidate) => candidate.label === label);
  if (mark) return mark.seq;
  throw new CassetteError("CASSETTE_USAGE", "The cassette has no mark with this label.", {
    hint: "`cassette events` lists marks among the service events.",
  });
}

/** The screens of a moving picture, one after the other as they are drawn. */
export async function* timedScreens(
  cassette: Cassette,
  screens: Screens,
  { from, to, speed, fps, maxIdle = idleHint(cassette) ?? MAX_IDLE_MS }: ScreenChoice,
): AsyncGenerator<TimedScreen> {
  const { moments, duration_ms } = await readTimeline(cassette);
  const options = { fromMs: from, toMs: to, speed, fps, maxIdleMs: maxIdle };
  for (const { t_ms, durationMs } of pickMoments([...moments], duration_ms, options)) {
    const { screen } = await screens.at({ t_ms }, WANTED);
    yield { screen, durationMs };
  }
}
