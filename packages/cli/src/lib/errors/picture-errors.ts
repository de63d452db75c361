import type { ErrorEntry } from "./error-entry.js";

/** Errors of making pictures. */
export const PICTURE_ERRORS = {
  CASSETTE_THEME_INVALID: {
    exit: "usage",
    title: "The theme file is invalid",
    remedy: "Use asciinema's or Windows Terminal's JSON, an .itermcolors file, or kitty's .conf.",
  },
  CASSETTE_FONT_INVALID: {
    exit: "usage",
    title: "The font cannot be used",
    remedy: "Use a TrueType or OpenType file (.ttf, .otf).",
  },
  CASSETTE_DRAWING_LIBRARY_MISSING: {
    exit: "failure",
    title: "A library that draws PNG or GIF is not installed",
    remedy: "Reinstall without `--omit=optional`, or make an SVG.",
  },
} satisfies Record<string, ErrorEntry>;
