import type { Screen } from "@cassette/format";
import { missingLibrary } from "../raster/missing-library.js";
import { openStudio, type RasterOptions } from "../raster/picture.js";
import { type Deflate, encodePng } from "./encode-png.js";

/**
 * Draws a screen as a PNG. Equal input gives equal bytes, for the same versions of the libraries.
 * @param screen with cells, and with details where kinds of underlines and set colours matter.
 * @throws CassetteError `CASSETTE_DRAWING_LIBRARY_MISSING` where an optional library is not installed, `CASSETTE_FONT_INVALID` for
 * a file that is no font; TypeError where the screen has no cells or an option is out of range.
 */
export async function renderPng(screen: Screen, options: RasterOptions = {}): Promise<Uint8Array> {
  const [studio, deflate] = await Promise.all([openStudio(options), loadDeflate()]);
  const grid = studio.read(screen);
  const picture = studio.open(grid, true);
  picture.paint(grid);
  return encodePng(picture.canvas, deflate);
}

/** Node's own compression gives other bytes in other versions. */
async function loadDeflate(): Promise<Deflate> {
  const { zlibSync } = await import("fflate").catch((cause: unknown) => {
    throw missingLibrary("fflate", cause);
  });
  return (bytes) => zlibSync(bytes, { level: 9 });
}
