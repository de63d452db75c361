import { type Color, FOREGROUND } from "../grid/color.js";
import type { Style } from "../grid/style.js";
import { hexColor, resolveText, type Theme } from "../theme/theme.js";

/** The colours of a picture as classes of its style sheet. */
export interface Inks {
  /** The class of a colour; empty for the foreground, which everything has without a class. */
  fill(color: Color, faintOn?: Color | null): string;
  /** The class of a style's text. */
  text(style: Style): string;
  /** The rules of all classes that were asked for. `scope` comes before each selector. */
  rules(scope: string): string;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** Names in capital letters are classes that always mean the same. */
const BOLD = "B";
const ITALIC = "I";
export const SMOOTH = "S";

/**
 * @param theme the colours.
 * @param darkTheme the colours for a reader whose system is dark; then `theme` is for the others.
 */
export function createInks(theme: Theme, darkTheme: Theme | null): Inks {
  const themes = darkTheme === null ? [theme] : [theme, darkTheme];
  const names = new Map<string, { name: string; colors: string[] }>();
  const colorsOf = (color: Color, faintOn: Color | null) =>
    themes.map((each) => hexColor(resolveText(color, faintOn, each)));
  const foreground = colorsOf(FOREGROUND, null);
  const used = { bold: false, italic: false };

  const fill = (color: Color, faintOn: Color | null = null) => {
    const colors = colorsOf(color, faintOn);
    const key = colors.join();
    if (key === foreground.join()) return "";
    const known = names.get(key) ?? { name: letters(names.size), colors };
    names.set(key, known);
    return known.name;
  };

  return {
    fill,
    text({ fg, bg, faint, bold, italic }) {
      used.bold ||= bold;
      used.italic ||= italic;
      const color = fill(fg, faint ? bg : null);
      return [color, bold ? BOLD : "", italic ? ITALIC : ""].filter(Boolean).join(" ");
    },
    rules(scope) {
      const sheetOf = (index: number) =>
        [...names.values()].map(({ name, colors }) => `${scope}.${name}{fill:${colors[index]}}`).join("");
      const base = `${scope}.F{fill:${foreground[0]}}`;
      const dark = darkTheme
        ? `@media(prefers-color-scheme:dark){${scope}.F{fill:${foreground[1]}}${sheetOf(1)}}`
        : "";
      const weights = `${used.bold ? `${scope}.${BOLD}{font-weight:700}` : ""}${used.italic ? `${scope}.${ITALIC}{font-style:italic}` : ""}`;
      return `${base}${weights}${sheetOf(0)}${dark}`;
    },
  };
}

/** a, b, …, z, aa, ab, … */
export function letters(index: number): string {
  const last = LETTERS[index % 26] ?? "";
  return index < 26 ? last : `${letters(Math.floor(index / 26) - 1)}${last}`;
}
