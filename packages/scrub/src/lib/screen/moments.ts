/** Says when a screen is looked at besides at the end of each piece of a stream. */
export interface Moments {
  /** Something is about to be erased at this offset, or the cursor goes up, where programs begin to redraw. */
  add(effect: "erases" | "rises", at: number): void;
  /**
   * The offsets inside a piece before which the screen is looked at, in order: those that were added, and where lines are scrolled
   * in, before they have driven out what they continue.
   * @param hasMoved whether the cursor moved in the piece other than by printing.
   * @param lookedAt the offset at which the screen was looked at last; it may lie pieces back.
   */
  take(piece: Uint8Array, start: number, hasMoved: boolean, lookedAt: number): number[];
}

/** What is drawn in fewer bytes waits for the next moment: a look takes as long as drawing some hundreds. */
const SHORTEST_DRAWN = 24;
/** Before something is erased there is no next moment: it waits only if something was erased so shortly before. */
const SHORTEST_ERASED = 12;
/** No screen has more rows: after so many lines all that was drawn out of order has been scrolled off. */
const MOST_ROWS = 200;
const LINES_BETWEEN = 8;
const LINE_FEED = 0x0a;

/** Makes them for a stream from its start. */
export function createMoments(): Moments {
  let added: { at: number; effect: "erases" | "rises" }[] = [];
  let lastErased = Number.NEGATIVE_INFINITY;
  let linesLeft = 0;
  let lines = 0;

  return {
    add(effect, at) {
      added.push({ at, effect });
    },
    take(piece, start, hasMoved, lookedAt) {
      if (hasMoved) linesLeft = MOST_ROWS;
      const moments: number[] = [];
      let last = lookedAt;
      let next = 0;
      for (let index = 0; index < piece.length && (linesLeft > 0 || next < added.length); index++) {
        const at = start + index;
        let shortest = Number.POSITIVE_INFINITY;
        let isErased = false;
        for (; (added[next]?.at ?? at + 1) <= at; next++) {
          if (added[next]?.effect === "erases") isErased = true;
          else shortest = SHORTEST_DRAWN;
        }
        if (piece[index] === LINE_FEED) {
          linesLeft--;
          lines++;
        }
        if (lines >= LINES_BETWEEN) shortest = SHORTEST_DRAWN;
        const isLost = isErased && at > last && at - lastErased >= SHORTEST_ERASED;
        if (at - last < shortest && !isLost) continue;
        if (isErased) lastErased = at;
        moments.push(at);
        last = at;
        lines = 0;
      }
      added = [];
      return moments;
    },
  };
}
