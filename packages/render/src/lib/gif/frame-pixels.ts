import { type Area, type Canvas, joinAreas } from "../raster/canvas.js";
import { createPalette, type Palette } from "../raster/palette.js";
import type { GifFrame } from "./frame-writer.js";
import { loadGifenc } from "./load-gifenc.js";

/** A frame but for how long it is shown. */
export type FramePixels = Omit<GifFrame, "delayCs">;

/** The largest palette that GIF has; its first colour is kept for what does not change. */
const MOST_COLORS = 255;
const UNCHANGED = 0;

/**
 * Reads what changed of a canvas: the smallest rectangle around it, in which everything else is transparent.
 * @param changed at least one area; they do not overlap, or what they share is the same.
 */
export function readFrame(canvas: Canvas, changed: readonly Area[]): FramePixels {
  const area = changed.reduce(joinAreas, null) ?? NOWHERE;
  const palette = createPalette(MOST_COLORS);
  const indices = new Uint8Array(pixelsIn(area));
  for (const part of changed) {
    if (!addIndices(canvas, part, area, palette, indices)) return reduced(canvas, changed, area);
  }
  return { area, indices, palette: [[0, 0, 0], ...palette.colors.map(rgbOf)], transparent: UNCHANGED };
}

const NOWHERE: Area = { x0: 0, y0: 0, x1: 1, y1: 1 };

function pixelsIn({ x0, y0, x1, y1 }: Area): number {
  return (x1 - x0) * (y1 - y0);
}

/** Numbers the pixels of a part; false where there are too many colours. Goes through every pixel of every frame. */
function addIndices(
  { pixels, width }: Canvas,
  { x0, y0, x1, y1 }: Area,
  whole: Area,
  palette: Palette,
  indices: Uint8Array,
): boolean {
  const stride = whole.x1 - whole.x0;
  let lastPixel = -1;
  let lastIndex = -1;
  for (let y = y0; y < y1; y++) {
    const end = y * width + x1;
    let to = (y - whole.y0) * stride + x0 - whole.x0;
    for (let at = y * width + x0; at < end; at++, to++) {
      const pixel = pixels[at] as number;
      if (pixel !== lastPixel) {
        lastIndex = palette.indexOf(pixel);
        if (lastIndex < 0) return false;
        lastPixel = pixel;
      }
      indices[to] = lastIndex + 1;
    }
  }
  return true;
}

/** More colours than fit: the nearest of fewer. */
function reduced(canvas: Canvas, changed: readonly Area[], area: Area): FramePixels {
  const pixels = new Uint32Array(pixelsIn(area));
  const stride = area.x1 - area.x0;
  for (const { x0, y0, x1, y1 } of changed) {
    for (let y = y0; y < y1; y++) {
      const row = canvas.pixels.subarray(y * canvas.width + x0, y * canvas.width + x1);
      pixels.set(row, (y - area.y0) * stride + x0 - area.x0);
    }
  }
  const library = loadGifenc();
  const rgba = new Uint8Array(pixels.buffer);
  const palette = library.quantize(rgba, MOST_COLORS);
  const shifted = library
    .applyPalette(rgba, palette)
    .map((index, at) => (pixels[at] === 0 ? UNCHANGED : index + 1));
  return { area, indices: shifted, palette: [[0, 0, 0], ...palette], transparent: UNCHANGED };
}

function rgbOf(pixel: number): number[] {
  return [pixel & 0xff, (pixel >> 8) & 0xff, (pixel >> 16) & 0xff];
}
