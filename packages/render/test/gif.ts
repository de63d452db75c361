/** A frame of a GIF as a viewer shows it: all pixels as `r<<16 | g<<8 | b`, and for how long. */
export interface ShownFrame {
  delayCs: number;
  /** The part of the picture that the frame has. */
  area: [x: number, y: number, width: number, height: number];
  pixels: number[];
}

/** Decodes a GIF whose frames keep the ones before them, after the specification. @throws for what it does not know. */
export function decodeGif(gif: Uint8Array): {
  width: number;
  height: number;
  repeat: number | null;
  frames: ShownFrame[];
} {
  const bytes = Buffer.from(gif);
  const [width, height] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)];
  const globalSize = 2 << ((bytes[10] ?? 0) & 7);
  const globalPalette = bytes.subarray(13, 13 + 3 * globalSize);
  let at = 13 + 3 * globalSize;
  let repeat: number | null = null;
  let control = { delayCs: 0, transparent: -1 };
  let canvas: number[] = Array(width * height).fill(-1);
  const frames: ShownFrame[] = [];
  for (;;) {
    const kind = bytes[at];
    if (kind === 0x3b) return { width, height, repeat, frames };
    if (kind === 0x21 && bytes[at + 1] === 0xff) {
      repeat = bytes.readUInt16LE(at + 16);
      at += 19;
    } else if (kind === 0x21 && bytes[at + 1] === 0xf9) {
      const flags = bytes[at + 3] ?? 0;
      control = { delayCs: bytes.readUInt16LE(at + 4), transparent: flags & 1 ? (bytes[at + 6] ?? 0) : -1 };
      at += 8;
    } else if (kind === 0x2c) {
      const [x = 0, y = 0, w = 0, h = 0] = [1, 3, 5, 7].map((offset) => bytes.readUInt16LE(at + offset));
      const flags = bytes[at + 9] ?? 0;
      at += 10;
      const size = flags & 0x80 ? 2 << (flags & 7) : 0;
      const palette = size > 0 ? bytes.subarray(at, at + 3 * size) : globalPalette;
      at += 3 * size;
      const { indices, end } = inflate(bytes, at);
      at = end;
      canvas = [...canvas];
      for (const [place, index] of indices.slice(0, w * h).entries()) {
        if (index === control.transparent) continue;
        canvas[(y + Math.floor(place / w)) * width + x + (place % w)] = palette.readUIntBE(3 * index, 3);
      }
      frames.push({ delayCs: control.delayCs, area: [x, y, w, h], pixels: canvas });
    } else throw new Error(`unknown block ${kind} at ${at}`);
  }
}

/** LZW with codes of growing width, in blocks of at most 255 bytes. */
function inflate(bytes: Buffer, start: number): { indices: number[]; end: number } {
  const least = bytes[start] ?? 0;
  const data: number[] = [];
  let at = start + 1;
  for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) {
    data.push(...bytes.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  const clear = 1 << least;
  let table: number[][] = [];
  let width = least + 1;
  let last: number[] | null = null;
  const indices: number[] = [];
  const reset = () => {
    table = Array.from({ length: clear + 2 }, (_, index) => [index]);
    width = least + 1;
    last = null;
  };
  reset();
  for (let bit = 0; bit + width <= data.length * 8; ) {
    let code = 0;
    for (let index = 0; index < width; index++, bit++)
      code |= (((data[bit >> 3] ?? 0) >> (bit & 7)) & 1) << index;
    if (code === clear) reset();
    else if (code === clear + 1) break;
    else {
      const known = table[code];
      const entry: number[] = known ?? [...(last ?? []), (last ?? [])[0] ?? 0];
      indices.push(...entry);
      if (last !== null && table.length < 4_096) table.push([...(last as number[]), entry[0] ?? 0]);
      if (table.length === 1 << width && width < 12) width++;
      last = entry;
    }
  }
  return { indices, end: at + 1 };
}
