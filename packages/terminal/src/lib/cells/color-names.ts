import { CELL_COLOR, CELL_MODE, type Cell } from "@cassette/format";

const NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;

/** Names of colours that {@link isColor} knows, besides `#rrggbb` and numbers. */
export const COLOR_NAMES: readonly string[] = ["default", ...NAMES, ...NAMES.map((name) => `bright-${name}`)];

/** Whether a cell's foreground or background is the colour with this name, `#rrggbb` value or palette index. */
export function isColor(name: string | number, cell: Cell, ground: "FG" | "BG"): boolean {
  return colorName(cell, ground) === colorOf(name);
}

/** The canonical name of a colour: an index below 16 has one. */
function colorOf(name: string | number): string {
  return typeof name === "number" ? paletteName(name) : name.toLowerCase();
}

/** The name of a cell's colour: `default`, `bright-red`, `color-208`, `#00ff7f`. */
export function colorName(cell: Cell, ground: "FG" | "BG"): string {
  const color = cell[ground];
  const isRgb = (cell.Mode & (ground === "FG" ? CELL_MODE.fgRgb : CELL_MODE.bgRgb)) !== 0;
  if (color === CELL_COLOR.defaultForeground || color === CELL_COLOR.defaultBackground) return "default";
  return isRgb || color > 255 ? `#${color.toString(16).padStart(6, "0")}` : paletteName(color);
}

function paletteName(index: number): string {
  const name = NAMES[index % 8];
  if (index >= 16 || name === undefined) return `color-${index}`;
  return index < 8 ? name : `bright-${name}`;
}

/** Whether a text or a number names a colour. */
export function isColorName(color: string | number): boolean {
  if (typeof color === "number") return Number.isInteger(color) && color >= 0 && color <= 255;
  return COLOR_NAMES.includes(color.toLowerCase()) || /^#[0-9a-f]{6}$/i.test(color);
}
