import type { Area } from "../raster/canvas.js";
import { loadGifenc } from "./load-gifenc.js";

/** A frame to be encoded: a part of the picture, in indices of its own palette. */
export interface GifFrame {
  area: Area;
  indices: Uint8Array<ArrayBuffer>;
  /** `[r, g, b]`; at most 256. */
  palette: number[][];
  /** Index of pixels that stay as they are. */
  transparent: number | null;
  /** Hundredths of a second. */
  delayCs: number;
}

const KEEP = 1;
/** Of the header of a frame, before its place: the graphic control extension and a byte that says what follows. */
const EXTENSION = 8;

/**
 * Encodes frames one after the other.
 * @param loop times to play; undefined for ever.
 * @returns a function that returns the bytes of a frame; of the first one, which covers the whole picture, with those of the header.
 */
export function createFrameWriter(loop: number | undefined): (frame: GifFrame) => Uint8Array<ArrayBuffer> {
  const encoder = loadGifenc().GIFEncoder({ auto: false });
  const repeat = loop === undefined ? 0 : loop === 1 ? -1 : loop - 1;
  let isFirst = true;
  return ({ area, indices, palette, transparent, delayCs }) => {
    if (isFirst) encoder.writeHeader();
    encoder.writeFrame(indices, area.x1 - area.x0, area.y1 - area.y0, {
      palette,
      first: isFirst,
      repeat,
      delay: delayCs * 10,
      dispose: KEEP,
      ...(transparent !== null && { transparent: true, transparentIndex: transparent }),
    });
    const bytes = encoder.bytes();
    encoder.reset();
    if (!isFirst) setPlace(bytes, area);
    isFirst = false;
    return bytes;
  };
}

/** The last byte of a GIF. */
export const GIF_END = Uint8Array.of(0x3b);

/** The library puts every frame into the upper left corner. */
function setPlace(bytes: Uint8Array, { x0, y0 }: Area): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint16(EXTENSION + 1, x0, true);
  view.setUint16(EXTENSION + 3, y0, true);
}
