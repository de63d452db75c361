import type { ScreenUnderline } from "@cassette/format";
import { BACKGROUND, type Color, FOREGROUND } from "./color.js";

/** How a character looks. Inverse video, bold as bright and colours that the program set are applied already. */
export interface Style {
  fg: Color;
  bg: Color;
  bold: boolean;
  italic: boolean;
  /** The foreground is mixed with the background. */
  faint: boolean;
  strike: boolean;
  underline: { kind: ScreenUnderline["kind"]; color: Color | null } | null;
  /** Where a click leads: http or https. */
  link: string | null;
}

/** The style of what has none. */
export const PLAIN: Style = {
  fg: FOREGROUND,
  bg: BACKGROUND,
  bold: false,
  italic: false,
  faint: false,
  strike: false,
  underline: null,
  link: null,
};

/** Gives equal styles the same identity, so that they can be compared with `===`. */
export function createStylePool(): (style: Style) => Style {
  const known = new Map([[keyOf(PLAIN), PLAIN]]);
  return (style) => {
    const key = keyOf(style);
    const same = known.get(key);
    if (same) return same;
    known.set(key, style);
    return style;
  };
}

function keyOf({ fg, bg, bold, italic, faint, strike, underline, link }: Style): string {
  return `${fg},${bg},${+bold}${+italic}${+faint}${+strike},${underline?.kind},${underline?.color},${link}`;
}
