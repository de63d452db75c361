import { createRequire } from "node:module";
import type { Area } from "../raster/canvas.js";
import { missingLibrary } from "../raster/missing-library.js";

/** A frame to be encoded: a part of the picture, in indices of its own palette. */
export interface GifFrame {
  area: Area;
  indices: Uint8Array;
  /** `[r, g, b]`; at most 256. */
  palette: number[][];
  /** Index of pixels that stay as they are. */
  transparent: number | null;
  /** Hundredths of a second. */
  delayCs: number;
}

export interface GifEncoder {
  /** The bytes of a frame; of the first one, which covers the whole picture, with those of the header. */
  frame(frame: GifFrame): Uint8Array;
  end(): Uint8Array;
  /** Colours for pixels that have too many. */
  reduce(rgba: Uint8Array, most: number): { palette: number[][]; indices: Uint8Array };
}

const KEEP = 1;
/** Of the header of a frame, before its place: the graphic control extension and a byte that says what follows. */
const EXTENSION = 8;

/**
 * Loads the library that encodes GIF.
 * @param loop times to play; undefined for ever.
 * @throws CassetteError `CASSETTE_DRAWING_LIBRARY_MISSING`.
 */
export function createGifEncoder(loop: number | undefined): GifEncoder {
  const library = loadLibrary();
  const encoder = library.GIFEncoder({ auto: false });
  const repeat = loop === undefined ? 0 : loop === 1 ? -1 : loop - 1;
  let isFirst = true;
  const take = () => {
    const bytes = encoder.bytes();
    encoder.reset();
    return bytes;
  };
  return {
    frame({ area, indices, palette, transparent, delayCs }) {
      if (isFirst) encoder.writeHeader();
      encoder.writeFrame(indices, area.x1 - area.x0, area.y1 - area.y0, {
        palette,
        first: isFirst,
        repeat,
        delay: delayCs * 10,
        dispose: KEEP,
        ...(transparent !== null && { transparent: true, transparentIndex: transparent }),
      });
      const bytes = take();
      if (!isFirst) setPlace(bytes, area);
      isFirst = false;
      return bytes;
    },
    end() {
      encoder.finish();
      return take();
    },
    reduce(rgba, most) {
      const palette = library.quantize(rgba, most);
      return { palette, indices: library.applyPalette(rgba, palette) };
    },
  };
}

/** Imported, its CommonJS module looks different to Node and to bundlers. */
function loadLibrary(): typeof import("gifenc") {
  try {
    return createRequire(import.meta.url)("gifenc");
  } catch (cause) {
    throw missingLibrary("gifenc", cause);
  }
}

/** The library puts every frame into the upper left corner. */
function setPlace(bytes: Uint8Array, { x0, y0 }: Area): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint16(EXTENSION + 1, x0, true);
  view.setUint16(EXTENSION + 3, y0, true);
}
