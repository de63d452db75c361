import { CELL_COLOR, CELL_MODE, type Cell, type ScreenDetails, type ScreenUnderline } from "@cassette/format";
import { BACKGROUND, type Color, FOREGROUND, rgbColor } from "./color.js";
import type { Style } from "./style.js";

type Colors = ScreenDetails["colors"];

/** What a screen's details say of one cell. */
export interface CellDetails {
  underline?: ScreenUnderline;
  uri?: string;
}

/** The style of a cell that is not blank. */
export function styleOfCell(cell: Cell, { underline, uri }: CellDetails, colors: Colors | undefined): Style {
  const { Mode } = cell;
  const bold = (Mode & CELL_MODE.bold) !== 0;
  const front = setColor(foregroundOf(cell, bold), colors);
  const back = setColor(backgroundOf(cell), colors);
  const isReverse = (Mode & CELL_MODE.reverse) !== 0;
  return {
    fg: isReverse ? back : front,
    bg: isReverse ? front : back,
    bold,
    italic: (Mode & CELL_MODE.italic) !== 0,
    faint: (Mode & CELL_MODE.dim) !== 0,
    strike: (Mode & CELL_MODE.strike) !== 0,
    underline: underlineOf(Mode, underline, colors),
    link: uri !== undefined && isWebAddress(uri) ? uri : null,
  };
}

/** Bold text in one of the first eight colours takes the bright one, as in xterm. */
function foregroundOf({ FG, Mode }: Cell, bold: boolean): Color {
  if (FG === CELL_COLOR.defaultForeground) return FOREGROUND;
  if (FG === CELL_COLOR.defaultBackground) return BACKGROUND;
  if (Mode & CELL_MODE.fgRgb || FG > 255) return rgbColor(FG & 0xffffff);
  return bold && FG < 8 ? FG + 8 : FG;
}

function backgroundOf({ BG, Mode }: Cell): Color {
  if (BG === CELL_COLOR.defaultBackground) return BACKGROUND;
  if (BG === CELL_COLOR.defaultForeground) return FOREGROUND;
  return Mode & CELL_MODE.bgRgb || BG > 255 ? rgbColor(BG & 0xffffff) : BG;
}

function underlineOf(
  mode: number,
  underline: ScreenUnderline | undefined,
  colors: Colors | undefined,
): Style["underline"] {
  if (underline === undefined) return mode & CELL_MODE.underline ? { kind: "single", color: null } : null;
  const { kind, color } = underline;
  if (color === null) return { kind, color };
  return { kind, color: "rgb" in color ? rgbColor(color.rgb) : setColor(color.index, colors) };
}

/** A colour, or what the program set it to. */
export function setColor(color: Color, colors: Colors | undefined): Color {
  if (colors === undefined) return color;
  const set =
    color === FOREGROUND
      ? colors.foreground
      : color === BACKGROUND
        ? colors.background
        : colors.palette[color];
  return set === undefined ? color : rgbColor(set);
}

/** Other schemes could run something. An address with spaces or controls is no address. */
function isWebAddress(uri: string): boolean {
  return /^https?:\/\/[!-~]+$/i.test(uri) && URL.canParse(uri);
}
