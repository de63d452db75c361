import { createRequire } from "node:module";
import { missingLibrary } from "../raster/missing-library.js";

/**
 * Loads the library that encodes GIF.
 * @throws CassetteError `CASSETTE_DRAWING_LIBRARY_MISSING`.
 */
export function loadGifenc(): typeof import("gifenc") {
  try {
    // Imported, its CommonJS module looks different to Node and to bundlers.
    return createRequire(import.meta.url)("gifenc");
  } catch (cause) {
    throw missingLibrary("gifenc", cause);
  }
}
