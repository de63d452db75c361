import { CELL_COLOR, CELL_MODE, type Cell } from "@cassette/format";

/** Modes with an SGR number. */
const MODE_NUMBERS = [
  [CELL_MODE.bold, 1],
  [CELL_MODE.dim, 2],
  [CELL_MODE.italic, 3],
  [CELL_MODE.underline, 4],
  [CELL_MODE.blink, 5],
  [CELL_MODE.reverse, 7],
  [CELL_MODE.hidden, 8],
  [CELL_MODE.strike, 9],
] as const;

/** The sequence that gives a terminal the style of a cell, whatever its style was before. */
export function sgrOf({ Mode, FG, BG }: Omit<Cell, "Char">): string {
  const modes = MODE_NUMBERS.filter(([bit]) => Mode & bit).map(([, number]) => number);
  const foreground = colorNumbers(30, FG, (Mode & CELL_MODE.fgRgb) !== 0);
  const background = colorNumbers(40, BG, (Mode & CELL_MODE.bgRgb) !== 0);
  return `\x1b[${[0, ...modes, ...foreground, ...background].join(";")}m`;
}

/** SGR numbers of a colour; `base` is 30 for the foreground, 40 for the background. */
function colorNumbers(base: 30 | 40, color: number, isRgb: boolean): number[] {
  if (color === CELL_COLOR.defaultForeground || color === CELL_COLOR.defaultBackground) return [];
  // The reference has no bit for true colours: a number beyond the palette is one.
  if (isRgb || color > 255) return [base + 8, 2, (color >> 16) & 0xff, (color >> 8) & 0xff, color & 0xff];
  if (color < 8) return [base + color];
  if (color < 16) return [base + 60 + color - 8];
  return [base + 8, 5, color];
}
