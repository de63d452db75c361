import { CELL_MODE, type Cell } from "@cassette/format";
import { isColor } from "./color-names.js";

/** Style attributes that a cell either has or has not. */
export const TEXT_STYLES = [
  "bold",
  "dim",
  "italic",
  "underline",
  "blink",
  "reverse",
  "hidden",
  "strike",
] as const;

/** `red`, `bright-red`, `default`, `#rrggbb`, or a palette index from 0 to 255. */
export type ColorName = string | number;

/** A style; properties that are not given may have any value. */
export type CellLook = { fg?: ColorName; bg?: ColorName } & {
  [look in (typeof TEXT_STYLES)[number]]?: boolean;
};

/** Whether a cell has an attribute. */
export function hasLook({ Mode }: Cell, look: (typeof TEXT_STYLES)[number]): boolean {
  return (Mode & CELL_MODE[look]) !== 0;
}

/** Whether a cell is in this style. */
export function isInStyle(cell: Cell, wanted: CellLook): boolean {
  const looks = TEXT_STYLES.every(
    (look) => wanted[look] === undefined || wanted[look] === hasLook(cell, look),
  );
  return (
    looks &&
    (wanted.fg === undefined || isColor(wanted.fg, cell, "FG")) &&
    (wanted.bg === undefined || isColor(wanted.bg, cell, "BG"))
  );
}
