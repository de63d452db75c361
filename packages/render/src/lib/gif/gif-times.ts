/** Hundredths of a second. What is shorter is shown for a tenth of a second by many viewers. */
const SHORTEST = 2;
/** The most that a frame's field holds. */
const LONGEST = 0xffff;

/** When frames are shown, in whole hundredths of a second from the start, so that rounding does not add up. */
export interface GifTimes {
  /**
   * Takes the next change.
   * @returns the delays of the frame before it, more than one where one is too short for it; null where the change is over
   * before it can be shown.
   */
  next(startMs: number, endMs: number): number[] | null;
  /** The delays of the last frame. */
  end(endMs: number): number[];
}

export function createGifTimes(): GifTimes {
  let shownAt = 0;
  const endAt = (time: number) => {
    const delays = splitDelay(time - shownAt);
    shownAt = time;
    return delays;
  };
  return {
    next(startMs, endMs) {
      const start = Math.max(Math.round(startMs / 10), shownAt + SHORTEST);
      return Math.round(endMs / 10) <= start ? null : endAt(start);
    },
    end: (endMs) => endAt(Math.max(Math.round(endMs / 10), shownAt + SHORTEST)),
  };
}

function splitDelay(delay: number): number[] {
  const delays: number[] = [];
  let rest = delay;
  for (; rest > LONGEST; rest -= LONGEST - SHORTEST) delays.push(LONGEST - SHORTEST);
  return [...delays, rest];
}
