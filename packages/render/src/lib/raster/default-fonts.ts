import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { missingLibrary } from "./missing-library.js";

const PACKAGE = "dejavu-fonts-ttf";
/** The monospaced family, then one that has many more signs. */
const FILES = [
  "DejaVuSansMono.ttf",
  "DejaVuSansMono-Bold.ttf",
  "DejaVuSansMono-Oblique.ttf",
  "DejaVuSansMono-BoldOblique.ttf",
  "DejaVuSans.ttf",
  "DejaVuSans-Bold.ttf",
];

/**
 * The paths of the fonts that come along.
 * @param isNeeded whether to fail where they are not installed.
 * @throws CassetteError `CASSETTE_DRAWING_LIBRARY_MISSING`.
 */
export function defaultFontFiles(isNeeded: boolean): string[] {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
    return FILES.map((file) => join(dirname(manifest), "ttf", file));
  } catch (cause) {
    if (isNeeded) throw missingLibrary(PACKAGE, cause);
    return [];
  }
}
