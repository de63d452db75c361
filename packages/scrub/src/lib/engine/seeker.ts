/** Seeks something in a text again and again. */
export interface Seeker {
  /** Where the first one is from `from` on, or `limit` if it is not before that. */
  next(text: string, from: number, limit: number): number;
}

/**
 * Makes a seeker that remembers what it read: where thousands of places are asked from one after the other, each would read on
 * as far as the one before.
 * @param first as {@link Seeker.next}, without memory.
 */
export function createSeeker(first: (text: string, from: number, limit: number) => number): Seeker {
  let known = "";
  /** None is from `since` up to `until`; one is there if `isFound`. */
  let [since, until] = [0, 0];
  let isFound = false;

  return {
    next(text, from, limit) {
      if (text !== known || from < since || from > until) {
        since = from;
        until = from;
        isFound = false;
      }
      // Also if it is equal: only what is the same object is compared at once.
      known = text;
      if (!isFound && until < limit) {
        until = first(text, until, limit);
        isFound = until < limit;
      }
      return Math.min(until, limit);
    },
  };
}
