import { type CellBox, type Rect, type Shape, tidy } from "./cell-box.js";

/** U+2596–259F: which quarters are filled, upper left, upper right, lower left, lower right. */
const QUADRANTS = ["0010", "0001", "1000", "1011", "1001", "1110", "1101", "0100", "0110", "0111"];
const SHADES = [0.25, 0.5, 0.75];

/** A block element (U+2580–259F) or sextant (U+1FB00–1FB3B); null for any other character. */
export function blockShape(char: string, box: CellBox): Shape | null {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0x1fb00 && code <= 0x1fb3b) return { rects: tiles(sextantBits(code - 0x1fb00), 2, 3, box) };
  if (code < 0x2580 || code > 0x259f) return null;
  const shade = SHADES[code - 0x2591];
  if (shade !== undefined) return { rects: [part(0, 0, 1, 1, box)], alpha: shade };
  const quadrants = QUADRANTS[code - 0x2596];
  if (quadrants !== undefined) return { rects: tiles([...quadrants].map(Number), 2, 2, box) };
  return { rects: [barOf(code, box)] };
}

/** Halves and eighths. */
function barOf(code: number, box: CellBox): Rect {
  if (code === 0x2580) return part(0, 0, 1, 1 / 2, box);
  if (code <= 0x2588) return part(0, 1 - (code - 0x2580) / 8, 1, 1, box);
  if (code <= 0x258f) return part(0, 0, (0x2590 - code) / 8, 1, box);
  if (code === 0x2590) return part(1 / 2, 0, 1, 1, box);
  return code === 0x2594 ? part(0, 0, 1, 1 / 8, box) : part(7 / 8, 0, 1, 1, box);
}

/** The bits of a sextant. The code points leave out the four that exist elsewhere: none, both halves, all. */
function sextantBits(index: number): number[] {
  const pattern = index + 1 + (index >= 20 ? 1 : 0) + (index >= 40 ? 1 : 0);
  return Array.from({ length: 6 }, (_, bit) => (pattern >> bit) & 1);
}

/** The filled fields of a division of the cell into columns and rows. */
function tiles(bits: readonly number[], cols: number, rows: number, box: CellBox): Rect[] {
  return bits.flatMap((bit, index) => {
    const [col, row] = [index % cols, Math.floor(index / cols)];
    return bit ? [part(col / cols, row / rows, (col + 1) / cols, (row + 1) / rows, box)] : [];
  });
}

/** A part of the cell, by fractions of its width and height. */
function part(x0: number, y0: number, x1: number, y1: number, { width, height, snap }: CellBox): Rect {
  const at = (fraction: number, size: number) => snap(tidy(fraction * size));
  return [at(x0, width), at(y0, height), at(x1, width), at(y1, height)];
}
