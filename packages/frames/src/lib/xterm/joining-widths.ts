import { type IUnicodeVersionProvider, UNICODE_11 } from "./library.js";

/** How the library packs what it knows of a character: its width above one bit that says that it joins the one before. */
export const JOINS = 1;
export const PROPERTY_SHIFT = 1;
const WIDTH_MASK = 0b110;

/** The width in what the library knows of a character. */
export function widthOfProperty(property: number): number {
  return (property & WIDTH_MASK) >> PROPERTY_SHIFT;
}

/** Columns of a code point: none for one that goes into the cell before it. */
export function widthOf(code: number): 0 | 1 | 2 {
  return UNICODE_11.wcwidth(code);
}

/**
 * Makes the widths of Unicode 11 with marks that join the cell before them whatever is in between, as in xterm and tmux.
 * The library forgets at each control character or sequence that there is a character to join, and gives the mark a
 * column: https://github.com/xtermjs/xterm.js/issues/5237 and https://github.com/xtermjs/xterm.js/issues/2668.
 * @param beforeMark called before a mark that does not directly follow a character is drawn.
 */
export function createJoiningWidths(beforeMark: () => void): IUnicodeVersionProvider {
  return {
    version: `${UNICODE_11.version}-joining`,
    wcwidth: widthOf,
    charProperties(code, preceding) {
      const width = UNICODE_11.wcwidth(code);
      if (width > 0) return width << PROPERTY_SHIFT;
      if (preceding === 0) beforeMark();
      return (preceding & WIDTH_MASK) | JOINS;
    },
  };
}
