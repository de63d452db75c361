/**
 * A colour as a screen names it: 0–255 an index of the palette, {@link RGB} + `r<<16 | g<<8 | b` a true colour, or one of the
 * colours of the theme below. What it looks like is the theme's matter.
 */
export type Color = number;

/** Added to `r<<16 | g<<8 | b`. */
export const RGB = 0x1000000;
export const FOREGROUND: Color = -1;
export const BACKGROUND: Color = -2;
export const CURSOR: Color = -3;

/** The colour of `r<<16 | g<<8 | b`. */
export function rgbColor(rgb: number): Color {
  return RGB + rgb;
}
