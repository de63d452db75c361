import { CELL_COLOR, CELL_MODE, type Cell } from "@cassette/format";
import type { Terminal } from "./library.js";
import { isUnderlined } from "./underline.js";

type Buffer = Terminal["buffer"]["active"];
type BufferCell = ReturnType<Buffer["getNullCell"]>;

const SPACE = 0x20;

/**
 * Reads a row in the numbers of the wire.
 * @param isContinued whether the row below is wrapped from this one.
 */
export function readCells(buffer: Buffer, row: number, cols: number, isContinued: boolean): Cell[] {
  const reused = buffer.getNullCell();
  const line = buffer.getLine(buffer.baseY + row);
  const cells = Array.from({ length: cols }, (_, col) => toCell(line?.getCell(col, reused)));
  const last = cells.at(-1);
  if (last && isContinued) last.Mode |= CELL_MODE.wrappedRow;
  return cells;
}

function toCell(cell: BufferCell | undefined): Cell {
  if (cell === undefined) {
    return { Char: SPACE, Mode: 0, FG: CELL_COLOR.defaultForeground, BG: CELL_COLOR.defaultBackground };
  }
  const isTail = cell.getWidth() === 0 && cell.getChars() === "";
  return {
    // Of a cluster of several code points the cell shows the first; the row's text has them all.
    Char: isTail ? 0 : (cell.getChars().codePointAt(0) ?? SPACE),
    Mode: modeOf(cell) | (isTail ? CELL_MODE.wideTail : 0),
    FG: cell.isFgDefault() ? CELL_COLOR.defaultForeground : cell.getFgColor(),
    BG: cell.isBgDefault() ? CELL_COLOR.defaultBackground : cell.getBgColor(),
  };
}

function modeOf(cell: BufferCell): number {
  return (
    (cell.isInverse() ? CELL_MODE.reverse : 0) |
    (isUnderlined(cell) ? CELL_MODE.underline : 0) |
    (cell.isBold() ? CELL_MODE.bold : 0) |
    (cell.isItalic() ? CELL_MODE.italic : 0) |
    (cell.isBlink() ? CELL_MODE.blink : 0) |
    (cell.isDim() ? CELL_MODE.dim : 0) |
    (cell.isInvisible() ? CELL_MODE.hidden : 0) |
    (cell.isStrikethrough() ? CELL_MODE.strike : 0) |
    (cell.isFgRGB() ? CELL_MODE.fgRgb : 0) |
    (cell.isBgRGB() ? CELL_MODE.bgRgb : 0) |
    (cell.getWidth() === 2 ? CELL_MODE.wideHead : 0)
  );
}
