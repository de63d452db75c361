import { CELL_MODE, type Emulator, type Screen } from "@cassette/format";
import { ansiText } from "@cassette/frames";
import { dropUnsafe } from "./escape-text.js";

/** Shows an emulator's screen on a person's terminal. */
export interface ScreenPainter {
  /** To be called when the screen may have changed; paints soon, not at every call. */
  changed(): void;
  /** Paints once more and leaves the terminal as it was, with the last screen above the prompt. */
  close(): void;
}

const FRAME_MS = 33;

/** Makes a painter; it emits text and cursor moves of its own, never what was recorded. */
export function createScreenPainter(emulator: Emulator, terminal: NodeJS.WriteStream): ScreenPainter {
  let timer: NodeJS.Timeout | undefined;
  let painted: string[] = [];
  let height = 0;
  terminal.write("\x1b[?25l");

  function paint(): void {
    timer = undefined;
    const rows = drawnRows(cropped(emulator.snapshot({ cells: true }), terminal.rows - 1, terminal.columns));
    let out = height > 0 ? `\x1b[${height}A\r` : "";
    for (let row = 0; row < Math.max(rows.length, height); row++) {
      out += rows[row] === painted[row] ? "\n" : `\x1b[2K${rows[row] ?? ""}\r\n`;
    }
    painted = rows;
    height = Math.max(rows.length, height);
    terminal.write(out.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n"));
  }

  return {
    changed() {
      timer ??= setTimeout(paint, FRAME_MS);
    },
    close() {
      clearTimeout(timer);
      paint();
      terminal.write("\x1b[?25h");
    },
  };
}

/** Rows in colour. Nothing of the program's but its text is in them: of escape sequences only our own SGR. */
function drawnRows(screen: Screen): string[] {
  return ansiText(screen).split("\n").map(dropUnsafe);
}

/** The part of a screen that fits; a wide glyph that would be cut in two is left out. */
function cropped(screen: Screen, rows: number, cols: number): Screen {
  const cells = screen.cells?.slice(0, Math.max(1, rows)).map((row) => {
    const kept = row.slice(0, cols);
    const last = kept.at(-1);
    return last && last.Mode & CELL_MODE.wideHead ? kept.slice(0, -1) : kept;
  });
  return { ...screen, cells };
}
