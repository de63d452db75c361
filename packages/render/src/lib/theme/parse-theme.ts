import { CassetteError } from "@cassette/format";
import { readJsonTheme } from "./json-theme.js";
import { readKeyValueTheme } from "./key-value-theme.js";
import { type NamedColors, PALETTE_KEYS } from "./named-colors.js";
import { readPlistTheme } from "./plist-theme.js";
import type { Theme } from "./theme.js";

/**
 * Parses the colours of a terminal in one of the forms that people share them in: asciinema's theme or recording header and
 * Windows Terminal's scheme (JSON), iTerm2's `.itermcolors` (XML), kitty's and ghostty's `.conf` (lines of names and values).
 * @throws CassetteError `CASSETTE_THEME_INVALID` where a colour is missing or not a colour.
 */
export function parseTheme(text: string): Theme {
  const colors = readColors(text.replace(/^\uFEFF/, "").trim());
  const palette = PALETTE_KEYS.map((key, index) => colors[key] ?? colors[PALETTE_KEYS[index - 8] ?? key]);
  const { foreground, background, cursor } = colors;
  if (foreground === undefined || background === undefined || !isComplete(palette)) {
    throw new CassetteError(
      "CASSETTE_THEME_INVALID",
      "The theme lacks a foreground, a background or one of eight colours.",
      {
        hint: "Use asciinema's or Windows Terminal's JSON, an .itermcolors file, or kitty's .conf.",
      },
    );
  }
  return { foreground, background, ...(cursor !== undefined && { cursor }), palette };
}

function readColors(text: string): NamedColors {
  if (text.startsWith("{")) return readJsonTheme(text);
  return text.startsWith("<") ? readPlistTheme(text) : readKeyValueTheme(text);
}

function isComplete(palette: readonly (number | undefined)[]): palette is number[] {
  return palette.every((color) => color !== undefined);
}
