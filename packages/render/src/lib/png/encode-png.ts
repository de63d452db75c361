import type { Canvas } from "../raster/canvas.js";
import { createPalette } from "../raster/palette.js";

/** Compresses bytes into a zlib stream. */
export type Deflate = (bytes: Uint8Array) => Uint8Array;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PALETTE = 3;
const TRUE_COLOR_AND_ALPHA = 6;

/** Encodes a canvas as PNG, with a palette where its colours fit into one. */
export function encodePng({ width, height, pixels }: Canvas, deflate: Deflate): Uint8Array {
  const indexed = indexPixels(pixels);
  const type = indexed ? PALETTE : TRUE_COLOR_AND_ALPHA;
  const bytes = indexed
    ? indexed.indices
    : new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk("IHDR", headerOf(width, height, type)),
    ...(indexed ? paletteChunks(indexed.colors) : []),
    chunk("IDAT", deflate(withFilters(bytes, bytes.length / height))),
    chunk("IEND", new Uint8Array()),
  ];
  return Buffer.concat(parts);
}

/** Null where there are more colours than a palette has. */
function indexPixels(pixels: Uint32Array): { indices: Uint8Array; colors: readonly number[] } | null {
  const palette = createPalette(256);
  const indices = new Uint8Array(pixels.length);
  for (let at = 0; at < pixels.length; at++) {
    const index = palette.indexOf(pixels[at] as number);
    if (index < 0) return null;
    indices[at] = index;
  }
  return { indices, colors: palette.colors };
}

function headerOf(width: number, height: number, type: number): Uint8Array {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8);
  header.setUint8(9, type);
  return new Uint8Array(header.buffer);
}

function paletteChunks(colors: readonly number[]): Uint8Array[] {
  const rgb = colors.flatMap((pixel) => [pixel & 0xff, (pixel >> 8) & 0xff, (pixel >> 16) & 0xff]);
  const alpha = colors.map((pixel) => pixel >>> 24);
  const isOpaque = alpha.every((value) => value === 0xff);
  return [chunk("PLTE", Uint8Array.from(rgb)), ...(isOpaque ? [] : [chunk("tRNS", Uint8Array.from(alpha))])];
}

/** Each row begins with the number of its filter: none. */
function withFilters(bytes: Uint8Array, stride: number): Uint8Array {
  const rows = bytes.length / stride;
  const filtered = new Uint8Array(bytes.length + rows);
  for (let row = 0; row < rows; row++)
    filtered.set(bytes.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  return filtered;
}

function chunk(name: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  for (let index = 0; index < 4; index++) bytes[4 + index] = name.charCodeAt(index);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
