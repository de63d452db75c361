import { BACKGROUND, type Color, CURSOR, FOREGROUND, RGB } from "../grid/color.js";

/** The colours of a terminal. Each is `r<<16 | g<<8 | b`. */
export interface Theme {
  foreground: number;
  background: number;
  /** Default: the foreground. */
  cursor?: number;
  /** The first sixteen: black, red, green, yellow, blue, magenta, cyan, white, then the bright ones. */
  palette: readonly number[];
}

/** What a colour looks like in a theme, as `r<<16 | g<<8 | b`. */
export function resolveColor(color: Color, theme: Theme): number {
  if (color >= RGB) return color - RGB;
  if (color === FOREGROUND) return theme.foreground;
  if (color === BACKGROUND) return theme.background;
  if (color === CURSOR) return theme.cursor ?? theme.foreground;
  return theme.palette[color] ?? fixedColor(color);
}

/** Part of the front colour of faint text; the rest is the background. */
const FAINT = 0.6;

/** What text looks like in a theme. */
export function resolveText(fg: Color, faintOn: Color | null, theme: Theme): number {
  const front = resolveColor(fg, theme);
  return faintOn === null ? front : mixColors(front, resolveColor(faintOn, theme), FAINT);
}

/** `part` of the first colour and the rest of the second. */
export function mixColors(front: number, back: number, part: number): number {
  const mix = (shift: number) => {
    const [a, b] = [(front >> shift) & 0xff, (back >> shift) & 0xff];
    return Math.round(a * part + b * (1 - part)) << shift;
  };
  return mix(16) | mix(8) | mix(0);
}

/** Index 16–255 of xterm's palette: a cube of 6 × 6 × 6 colours, then 24 greys. */
function fixedColor(index: number): number {
  if (index >= 232) return (8 + 10 * (index - 232)) * 0x010101;
  const step = (value: number) => (value === 0 ? 0 : 55 + 40 * value);
  const place = index - 16;
  return (step(Math.floor(place / 36)) << 16) | (step(Math.floor(place / 6) % 6) << 8) | step(place % 6);
}

/** `#rrggbb`, shortened to `#rgb` where possible. */
export function hexColor(rgb: number): string {
  const hex = rgb.toString(16).padStart(6, "0");
  const isShort = [0, 2, 4].every((at) => hex[at] === hex[at + 1]);
  return `#${isShort ? `${hex[0]}${hex[2]}${hex[4]}` : hex}`;
}
