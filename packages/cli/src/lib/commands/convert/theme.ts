import { open } from "node:fs/promises";
import { CassetteError } from "@cassette/format";
import { parseTheme, THEME_NAMES, type Theme, type ThemeName } from "@cassette/render";

/** Files of colours have some kilobytes. */
const LARGEST_FILE = 1_048_576;

/**
 * Finds colours: a theme's name, or a file of colours.
 * @throws CassetteError CASSETTE_USAGE where there is neither, CASSETTE_THEME_INVALID.
 */
export async function openTheme(wanted: string): Promise<ThemeName | Theme> {
  const name = THEME_NAMES.find((known) => known === wanted);
  return name ?? parseTheme(await readTheme(wanted));
}

async function readTheme(path: string): Promise<string> {
  try {
    await using file = await open(path);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(LARGEST_FILE), 0, LARGEST_FILE, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } catch (cause) {
    throw new CassetteError("CASSETTE_USAGE", "There is no theme of this name, and no such file.", {
      hint: `Themes: ${THEME_NAMES.join(", ")}.`,
      cause,
    });
  }
}
