import { missingLibrary } from "./missing-library.js";

/** Draws an SVG as the opacity of each pixel, 0–255, row by row. */
export type Rasterize = (svg: string, fontFiles: readonly string[]) => { width: number; alpha: Uint8Array };

/**
 * Loads the library that draws SVG.
 * @throws CassetteError `CASSETTE_DRAWING_LIBRARY_MISSING`.
 */
export async function loadRasterizer(): Promise<Rasterize> {
  const { Resvg } = await loadLibrary();
  return (svg, fontFiles) => {
    const font = { loadSystemFonts: false, fontFiles: [...fontFiles] };
    const { width, pixels } = new Resvg(svg, { font, logLevel: "off" }).render();
    return { width, alpha: alphaOf(pixels) };
  };
}

function alphaOf(pixels: Uint8Array): Uint8Array {
  const alpha = new Uint8Array(pixels.length / 4);
  for (let index = 0; index < alpha.length; index++) alpha[index] = pixels[4 * index + 3] as number;
  return alpha;
}

function loadLibrary() {
  return import("@resvg/resvg-js").catch((cause: unknown) => {
    throw missingLibrary("@resvg/resvg-js", cause);
  });
}
