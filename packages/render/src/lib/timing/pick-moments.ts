/** How a recording's time becomes a picture's. */
export interface MomentOptions {
  /** Part of the recording in milliseconds. Default: all. */
  fromMs?: number;
  toMs?: number;
  /** Pictures a second at most. Default: 10. */
  fps?: number;
  /** Times as fast as recorded. Default: 1. */
  speed?: number;
  /** Longer pauses are cut to this, before `speed` counts. Default: none is. */
  maxIdleMs?: number;
  /** How long the last picture is shown at least. Default: 2000. */
  holdMs?: number;
}

/** A moment of a recording to draw, and how long to show it. */
export interface PictureMoment {
  t_ms: number;
  durationMs: number;
}

/** Changes closer together than this, in milliseconds, are one: between them a program is still drawing. */
const DRAWING_MS = 5;
const DEFAULT_FPS = 10;
const DEFAULT_HOLD_MS = 2_000;

/**
 * Picks the moments to draw: when something changed, at most so many a second, and where possible when the program had finished
 * drawing. A picture appears with the first change that it shows.
 * @param changes when the screen changed, in milliseconds, rising.
 * @param endMs when the recording ended.
 * @returns at least one.
 * @throws TypeError for a rate or speed that is not positive.
 */
export function pickMoments(
  changes: readonly number[],
  endMs: number,
  options: MomentOptions = {},
): PictureMoment[] {
  const { fromMs = 0, toMs = endMs, fps = DEFAULT_FPS, holdMs = DEFAULT_HOLD_MS } = options;
  if (!(fps > 0)) throw new TypeError("fps is a positive number.");
  const until = Math.max(fromMs, Math.min(toMs, endMs));
  const times = [fromMs, ...changes.filter((t_ms) => t_ms > fromMs && t_ms <= until)];
  const shown = shownTimes([...times, until], options);
  const starts = pickStarts(times, shown, 1_000 / fps);
  const shownEnd = shown[times.length] ?? 0;
  return starts.map(({ t_ms, startMs }, index) => {
    const next = starts[index + 1]?.startMs ?? Math.max(shownEnd, startMs + holdMs);
    return { t_ms, durationMs: next - startMs };
  });
}

/** When each time of the recording comes in the picture. */
function shownTimes(
  times: readonly number[],
  { speed = 1, maxIdleMs = Number.POSITIVE_INFINITY }: MomentOptions,
) {
  if (!(speed > 0 && maxIdleMs > 0)) throw new TypeError("speed and maxIdleMs are positive numbers.");
  let shown = 0;
  return times.map((t_ms, index) => {
    shown += Math.min(t_ms - (times[index - 1] ?? t_ms), maxIdleMs) / speed;
    return shown;
  });
}

function pickStarts(times: readonly number[], shown: readonly number[], slotMs: number) {
  const starts: { t_ms: number; startMs: number }[] = [];
  let earliest = 0;
  for (let first = 0; first < times.length; ) {
    const startMs = Math.max(shown[first] ?? 0, earliest);
    const last = lastOfPicture(times, shown, first, startMs + slotMs);
    starts.push({ t_ms: times[last] ?? 0, startMs });
    earliest = startMs + slotMs;
    first = last + 1;
  }
  return starts;
}

/** The last change before an end after which nothing was drawn for a moment; else the last one before the end. */
function lastOfPicture(
  times: readonly number[],
  shown: readonly number[],
  first: number,
  end: number,
): number {
  let last = first;
  let finished = -1;
  for (let index = first; index < times.length && (index === first || (shown[index] ?? 0) < end); index++) {
    last = index;
    const next = times[index + 1];
    if (next === undefined || next - (times[index] ?? 0) >= DRAWING_MS) finished = index;
  }
  return finished < 0 ? last : finished;
}
