/** Words of a cell in the library's memory: what it shows, its foreground, its background. */
export const WORDS_PER_CELL = 3;

/** Where the first word of a cell has the columns it takes. */
export const WIDTH_SHIFT = 22;
/** The first word of a cell in which nothing was written. */
export const EMPTY_CELL = 1 << WIDTH_SHIFT;
/** The bits of the first word that say what is shown: a code point, or that there are several. */
export const SHOWN = 0x3f_ffff;
/** In the first word: several code points, kept beside the words. */
export const IS_COMBINED = 0x20_0000;
/** In the third word: a style that is kept beside the words. */
export const HAS_EXTENDED = 0x1000_0000;
