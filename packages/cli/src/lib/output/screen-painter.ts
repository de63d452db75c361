import type { Emulator } from "@cassette/format";
import { escapeText } from "./escape-text.js";

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
    const { text } = emulator.snapshot();
    const rows = text
      .slice(0, Math.max(1, terminal.rows - 1))
      .map((row) => clip(escapeText(row), terminal.columns));
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

/** As much of a row as fits; wide characters are counted as two columns by being generous to neither. */
function clip(row: string, columns: number): string {
  return [...row].slice(0, columns).join("");
}
