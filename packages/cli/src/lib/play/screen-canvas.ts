import type { View } from "./view.js";

/** Draws on a terminal, and only the changes since the last drawing. */
export interface ScreenCanvas {
  draw(view: View, status: string): void;
  /** Call this when the terminal no longer shows what was drawn. */
  forget(): void;
}

/** Synchronised output: a terminal that knows it shows the change at once. */
export const BEGIN_DRAWING = "\x1b[?2026h\x1b[?25l";
const END = "\x1b[?2026l";

/** Makes a canvas; `size` is called at each drawing. */
export function createScreenCanvas(
  write: (text: string) => void,
  size: () => { rows: number; cols: number },
): ScreenCanvas {
  let drawn: string[] | null = null;
  let drawnCursor = "";
  return {
    draw({ rows, cursor }, status) {
      const height = size().rows;
      const wanted = Array.from({ length: height }, (_, row) => rows[row] ?? "");
      wanted[height - 1] = `\x1b[7m${status}\x1b[0m`;
      let out = drawn === null ? "\x1b[0m\x1b[2J" : "";
      for (const [row, text] of wanted.entries()) {
        // Erased first: after a full row the cursor waits on the last column, and erasing would clear the character there.
        if ((drawn?.[row] ?? "") !== text) out += `\x1b[${row + 1};1H\x1b[0m\x1b[2K${text}`;
      }
      const cursorAt = cursor ? `\x1b[${cursor.row + 1};${cursor.col + 1}H\x1b[?25h` : "";
      drawn = wanted;
      if (out === "" && cursorAt === drawnCursor) return;
      drawnCursor = cursorAt;
      write(`${BEGIN_DRAWING}${out}${cursorAt}${END}`);
    },
    forget() {
      drawn = null;
    },
  };
}
