import { MOST_US } from "../source/limits.js";
import { type Place, type Source, sourceInvalid } from "../source/source.js";
import type { LossTally } from "./losses.js";

/** The times of a source's events. */
export interface EventTimes {
  /** Takes a time since the beginning, in microseconds. One that falls becomes the time before. */
  at(us: number, place: Place): number;
  /** Takes a time before the beginning, of a clock that was set back: it becomes the time before. */
  fallen(): number;
  /** Takes the time since the event before. */
  after(us: number, place: Place): number;
}

/** @throws CassetteError from its methods: CASSETTE_SOURCE_INVALID for a time that is negative, or no number, or too large. */
export function createEventTimes(source: Source, losses: LossTally): EventTimes {
  let last = 0;
  const check = (us: number, place: Place) => {
    if (us >= 0 && us <= MOST_US) return Math.round(us);
    throw sourceInvalid(source, "The time is not between 0 and ten years.", place);
  };
  return {
    at(us, place) {
      const time = check(us, place);
      if (time < last) losses.add("falling-times");
      last = Math.max(last, time);
      return last;
    },
    fallen() {
      losses.add("falling-times");
      return last;
    },
    after(us, place) {
      last = check(last + check(us, place), place);
      return last;
    },
  };
}
