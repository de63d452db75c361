import { EMPTY_CELL, SHOWN, WIDTH_SHIFT, WORDS_PER_CELL } from "./cell-words.js";
import { type InternalBuffer, internalsOf } from "./internals.js";
import { createJoiningWidths } from "./joining-widths.js";
import type { Terminal } from "./library.js";

const SPACE = 0x20;

/**
 * Lets marks join the cell before the cursor. One that was never written becomes a space, as it looks.
 * @returns the name of the widths that the terminal now has.
 */
export function joinCombiningMarks(terminal: Terminal): string {
  const buffers = internalsOf(terminal)?._bufferService.buffers;
  const widths = createJoiningWidths(() => buffers && emptyToSpace(buffers.active));
  terminal.unicode.register(widths);
  terminal.unicode.activeVersion = widths.version;
  return widths.version;
}

/** Makes a space of the cell before the cursor if nothing was written there. */
export function emptyToSpace({ x, y, ybase, lines }: InternalBuffer): void {
  if (x === 0) return;
  const words = lines.get(ybase + y)?._data;
  const at = (x - 1) * WORDS_PER_CELL;
  const content = words?.[at];
  if (words && content !== undefined && isEmpty(content)) words[at] = SPACE | EMPTY_CELL;
}

/** An empty cell, and not the second half of a wide character. */
function isEmpty(content: number): boolean {
  return (content & SHOWN) === 0 && content >>> WIDTH_SHIFT === 1;
}

/** Code points in the cell before the cursor, which a mark would join; 0 in the first column. */
export function pointsBeforeCursor(terminal: Terminal): number {
  const buffer = terminal.buffer.active;
  const { cursorX, cursorY, baseY } = buffer;
  if (cursorX === 0) return 0;
  const line = buffer.getLine(baseY + cursorY);
  const cell = line?.getCell(cursorX - 1);
  const isTail = cell?.getWidth() === 0 && cell.getChars() === "";
  const shown = isTail ? line?.getCell(cursorX - 2) : cell;
  return Math.max(1, [...(shown?.getChars() ?? "")].length);
}
