import { LEVELS, type Mask } from "./atlas.js";

/** Pixels row by row, each `a<<24 | b<<16 | g<<8 | r`: in the order of bytes that PNG has. */
export interface Canvas {
  width: number;
  height: number;
  pixels: Uint32Array;
}

/** A part of a canvas: left, top, and before right and bottom. */
export interface Area {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export function createCanvas(width: number, height: number): Canvas {
  return { width, height, pixels: new Uint32Array(width * height) };
}

/** An opaque pixel of `r<<16 | g<<8 | b`. */
export function pixelOf(rgb: number): number {
  return (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}

export function fillArea({ pixels, width }: Canvas, { x0, y0, x1, y1 }: Area, pixel: number): void {
  for (let y = y0; y < y1; y++) pixels.fill(pixel, y * width + x0, y * width + x1);
}

/** Draws a mask. Where it is empty, `ramp[0]` is drawn, or nothing if `keepsGround`. */
export function drawMask(
  canvas: Canvas,
  x: number,
  y: number,
  mask: Mask,
  maskWidth: number,
  ramp: Uint32Array,
  keepsGround: boolean,
): void {
  const { pixels, width } = canvas;
  const rows = mask.length / maskWidth;
  for (let row = 0; row < rows; row++) {
    let to = (y + row) * width + x;
    let from = row * maskWidth;
    for (let col = 0; col < maskWidth; col++, to++, from++) {
      const level = mask[from] as number;
      if (level !== 0 || !keepsGround) pixels[to] = ramp[level] as number;
    }
  }
}

/** The pixels from one colour to another, by level. */
export function createRamps(): (front: number, back: number) => Uint32Array {
  const ramps = new Map<number, Uint32Array>();
  return (front, back) => {
    const key = front * 0x1000000 + back;
    const known = ramps.get(key);
    if (known) return known;
    const ramp = Uint32Array.from({ length: LEVELS + 1 }, (_, level) => {
      const mix = (shift: number) => {
        const [a, b] = [(front >> shift) & 0xff, (back >> shift) & 0xff];
        return Math.round((a * level + b * (LEVELS - level)) / LEVELS) << shift;
      };
      return pixelOf(mix(16) | mix(8) | mix(0));
    });
    ramps.set(key, ramp);
    return ramp;
  };
}

/** The smallest area that holds both. */
export function joinAreas(a: Area | null, b: Area | null): Area | null {
  if (a === null || b === null) return a ?? b;
  return {
    x0: Math.min(a.x0, b.x0),
    y0: Math.min(a.y0, b.y0),
    x1: Math.max(a.x1, b.x1),
    y1: Math.max(a.y1, b.y1),
  };
}
