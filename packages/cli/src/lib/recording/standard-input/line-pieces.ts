/** The most bytes of a line, without its end, that a terminal in canonical mode takes; it drops what comes after them. */
export const LONGEST_LINE = 4_095;

const LINE_FEED = 0x0a;

/** A piece of the data, at most as much as the terminal buffers. */
export interface Piece {
  bytes: Uint8Array;
  /** The line continues and the terminal's buffer is full: it has to be passed on first. */
  isCut: boolean;
}

/** Data split into pieces that end at a line end, if possible. */
export interface LinePieces {
  push(bytes: Uint8Array): void;
  /**
   * Takes the next piece: one line, or all whole lines that fit into the terminal's buffer. Without a line end, all
   * there is. Null when there is nothing.
   */
  take(isOneLine: boolean): Piece | null;
  /** The last piece ended within a line. */
  readonly isMidLine: boolean;
}

/** Makes an empty store of data. */
export function createLinePieces(): LinePieces {
  let left = Buffer.alloc(0);
  /** Bytes of the current line that are in the terminal's buffer. */
  let begun = 0;
  let isMidLine = false;

  function cutAt(end: number, isCut: boolean): Piece {
    const bytes = left.subarray(0, end);
    left = left.subarray(end);
    const hasLineEnd = bytes.at(-1) === LINE_FEED;
    if (bytes.length > 0) isMidLine = !hasLineEnd;
    begun = isCut || hasLineEnd ? 0 : begun + bytes.length;
    return { bytes, isCut };
  }

  return {
    push(bytes) {
      left = Buffer.concat([left, bytes]);
    },
    take(isOneLine) {
      if (left.length === 0) return null;
      const room = LONGEST_LINE - begun;
      const first = left.indexOf(LINE_FEED);
      if (first === -1 || first > room) return cutAt(Math.min(room, left.length), left.length > room);
      const last = isOneLine ? first : Math.max(first, left.lastIndexOf(LINE_FEED, room - 1));
      return cutAt(last + 1, false);
    },
    get isMidLine() {
      return isMidLine;
    },
  };
}
