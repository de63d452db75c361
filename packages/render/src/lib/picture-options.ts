import { escapeText } from "@cassette/format";
import type { Crop, Grid } from "./grid/read-grid.js";
import { namedTheme, type ThemeName } from "./theme/named-themes.js";
import type { Theme } from "./theme/theme.js";

/** What every kind of picture can be given. */
export interface PictureOptions {
  /** Colours: the name of a theme or a theme of your own. Default: "dark". */
  theme?: ThemeName | Theme;
  /** Height of the text in pixels, about: a cell is a whole number of pixels wide and twice as high. Default: 15. */
  fontSize?: number;
  /** Space around the screen in pixels; without any, corners are square and have no line around. Default: the font size. */
  padding?: number;
  /** Draw a bar with the title above the screen. */
  window?: boolean;
  /** Default: the title that the program set. */
  title?: string;
  /** Draw the cursor where the program shows it. Default: true. */
  cursor?: boolean;
  /** Only a part of the screen. */
  crop?: Crop;
}

const DEFAULT_FONT_SIZE = 15;
const LARGEST_FONT = 200;

/** Lengths of a picture in pixels. */
export interface Lengths {
  fontSize: number;
  padding: number;
  cellWidth: number;
  cellHeight: number;
}

/** Height of a font of which a character is one wide: so it is in most monospaced fonts. */
export const FONT_HEIGHT = 1.661;

/** @throws TypeError for a font size that is not between 1 and 200 pixels, or a negative padding. */
export function lengthsOf({
  fontSize = DEFAULT_FONT_SIZE,
  padding = fontSize,
}: Pick<PictureOptions, "fontSize" | "padding">): Lengths {
  if (!(fontSize >= 1 && fontSize <= LARGEST_FONT))
    throw new TypeError(`fontSize is a number from 1 to ${LARGEST_FONT}.`);
  if (!(padding >= 0 && padding <= 1_000)) throw new TypeError("padding is a number from 0 to 1000.");
  const cellWidth = Math.max(1, Math.round(fontSize / FONT_HEIGHT));
  return { fontSize: cellWidth * FONT_HEIGHT, padding, cellWidth, cellHeight: 2 * cellWidth };
}

export function themeOf(theme: ThemeName | Theme = "dark"): Theme {
  return typeof theme === "string" ? namedTheme(theme) : theme;
}

/** The title of a picture, on one line; what is not visible in it is shown by its number. */
export function titleOf(
  { title }: Pick<PictureOptions, "title">,
  grid: Pick<Grid, "title"> | undefined,
): string {
  return escapeText((title ?? grid?.title ?? "").replace(/\s+/g, " ").trim());
}

/** Whether there is a line around the picture, and corners are round. */
export function hasEdge({ padding, window }: Pick<PictureOptions, "padding" | "window">): boolean {
  return padding !== 0 || window === true;
}
