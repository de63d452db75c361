import { type InternalStyle, internalsOf } from "../internals.js";
import type { Terminal } from "../library.js";
import { KIND_MASK, KIND_SHIFT, UNDERLINED } from "../underline.js";

/** Styles with a number of their own. */
const NUMBERS = [
  ["isBold", 1],
  ["isDim", 2],
  ["isItalic", 3],
  ["isBlink", 5],
  ["isInverse", 7],
  ["isInvisible", 8],
  ["isStrikethrough", 9],
  ["isOverline", 53],
] as const;
const UNDERLINE = 4;
const PLAIN_UNDERLINE = 1;

/**
 * The current style, as the parameters and last byte of the SGR that sets it; null when the library is
 * not the expected one. Programs find out that way whether a colour they set was understood.
 */
export function currentStyle(terminal: Terminal): string | null {
  const style = internalsOf(terminal)?._inputHandler._curAttrData;
  if (style === undefined) return null;
  const numbers = NUMBERS.filter(([is]) => style[is]() !== 0).map(([, number]) => String(number));
  return `${["0", ...numbers, ...underline(style), ...foreground(style), ...background(style)].join(";")}m`;
}

/** Not the library's own value: while a link is open, it underlines to draw the link. */
function underline({ fg, extended }: InternalStyle): string[] {
  if ((fg & UNDERLINED) === 0) return [];
  const kind = (extended._ext >> KIND_SHIFT) & KIND_MASK;
  return [kind <= PLAIN_UNDERLINE ? `${UNDERLINE}` : `${UNDERLINE}:${kind}`];
}

function foreground(style: InternalStyle): string[] {
  return style.isFgDefault() ? [] : [color(30, style.getFgColor(), style.isFgRGB())];
}

function background(style: InternalStyle): string[] {
  return style.isBgDefault() ? [] : [color(40, style.getBgColor(), style.isBgRGB())];
}

/** `base` is 30 for the foreground, 40 for the background. */
function color(base: number, value: number, isRgb: boolean): string {
  const channel = (shift: number) => (value >> shift) & 0xff;
  if (isRgb) return `${base + 8}:2::${channel(16)}:${channel(8)}:${channel(0)}`;
  if (value < 8) return `${base + value}`;
  if (value < 16) return `${base + 60 + value - 8}`;
  return `${base + 8}:5:${value}`;
}
