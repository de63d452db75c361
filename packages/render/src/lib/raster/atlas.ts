import type { Glyph } from "../grid/read-grid.js";
import type { Style } from "../grid/style.js";
import type { CellBox } from "../shapes/cell-box.js";
import type { FontSet } from "./font-set.js";
import type { Rasterize } from "./rasterizer.js";
import { glyphTile, lineTile, type Tile } from "./tiles.js";

/** How opaque the pixels of one glyph are, in steps from 0 to {@link LEVELS}, row by row. */
export type Mask = Uint8Array;

/** Steps of opacity: enough for smooth letters, and few enough for exact palettes. */
export const LEVELS = 7;

/** Each glyph drawn once. */
export interface Atlas {
  /** Draws what is not drawn yet of some glyphs, at once: each call of the rasteriser costs. */
  prepare(glyphs: Iterable<Glyph>): void;
  /** Of a glyph that was prepared; null for a space. */
  glyph(glyph: Glyph): Mask | null;
  /** Of the underline and the line through a prepared glyph. */
  lines(glyph: Glyph): { mask: Mask; color: "text" | "underline" }[];
}

export interface AtlasOptions {
  box: CellBox;
  fonts: FontSet;
  fontSize: number;
  rasterize: Rasterize;
  /** Called once for each text that no font has. */
  onMissing: (text: string) => void;
}

/** What an atlas knows. */
interface State {
  options: AtlasOptions;
  masks: Map<string, Mask>;
  /** Styles of which all ordinary characters are drawn. */
  drawnStyles: Set<string>;
}

export function createAtlas(options: AtlasOptions): Atlas {
  const state: State = { options, masks: new Map(), drawnStyles: new Set() };
  const { masks } = state;
  return {
    prepare(glyphs) {
      const wanted = new Map<string, () => Tile>();
      for (const glyph of glyphs) addWanted(state, wanted, glyph);
      const missing = [...wanted].filter(([key]) => !masks.has(key));
      drawTiles(
        missing.map(([key, make]) => [key, make()]),
        state,
      );
    },
    glyph: (glyph) => (glyph.text === " " ? null : (masks.get(glyphKey(glyph)) ?? null)),
    lines(glyph) {
      const { underline, strike } = glyph.style;
      const under = underline && masks.get(underlineKey(glyph));
      const through = strike && masks.get(strikeKey(glyph));
      return [
        ...(under ? [{ mask: under, color: "underline" as const }] : []),
        ...(through ? [{ mask: through, color: "text" as const }] : []),
      ];
    },
  };
}

function addWanted({ options, drawnStyles }: State, wanted: Map<string, () => Tile>, glyph: Glyph): void {
  const { text, style, width } = glyph;
  if (text !== " ") wanted.set(glyphKey(glyph), () => glyphTile(text, style, width, options));
  if (style.underline) wanted.set(underlineKey(glyph), () => lineTile(style.underline, width, options));
  if (style.strike) wanted.set(strikeKey(glyph), () => lineTile(null, width, options));
  // Each call of the rasteriser reads a font: so all ordinary characters of a style are drawn with its first.
  const styleName = fontStyle(style);
  if (!isOrdinary(text) || drawnStyles.has(styleName)) return;
  drawnStyles.add(styleName);
  for (const other of ORDINARY)
    wanted.set(glyphKey({ text: other, style, width: 1 }), () => glyphTile(other, style, 1, options));
}

const ORDINARY = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index));

function isOrdinary(text: string): boolean {
  return text.length === 1 && text > " " && text <= "~";
}

function fontStyle({ bold, italic }: Style): string {
  return `${bold ? "b" : ""}${italic ? "i" : ""}`;
}

function glyphKey({ text, style, width }: Pick<Glyph, "text" | "style" | "width">): string {
  return `${width}${fontStyle(style)} ${text}`;
}

function underlineKey({ style, width }: Glyph): string {
  return `${width}_${style.underline?.kind}`;
}

function strikeKey({ width }: Glyph): string {
  return `${width}-`;
}

/** Tiles of one sheet: more make a larger picture, fewer more calls. */
const SHEET = 256;
const SHEET_COLUMNS = 16;

/** Draws tiles on sheets of one set of fonts each: a large font is loaded only where it is needed. */
function drawTiles(tiles: readonly [string, Tile][], state: State): void {
  const byFont = new Map<string, [string, Tile][]>();
  for (const entry of tiles) {
    const path = entry[1].fontPath ?? "";
    byFont.set(path, [...(byFont.get(path) ?? []), entry]);
  }
  for (const [path, group] of byFont) {
    for (let from = 0; from < group.length; from += SHEET)
      drawSheet(group.slice(from, from + SHEET), path === "" ? [] : [path], state);
  }
}

function drawSheet(
  tiles: readonly [string, Tile][],
  fontFiles: readonly string[],
  { options: { box, rasterize }, masks }: State,
): void {
  // Space for what reaches over its cell, which is cut off.
  const [stepX, stepY] = [4 * box.width, 2 * box.height];
  const place = (index: number) => ({
    x: box.width + (index % SHEET_COLUMNS) * stepX,
    y: box.height / 2 + Math.floor(index / SHEET_COLUMNS) * stepY,
  });
  const width = Math.min(tiles.length, SHEET_COLUMNS) * stepX;
  const height = Math.ceil(tiles.length / SHEET_COLUMNS) * stepY;
  const content = tiles.map(([, { markup }], index) => {
    const { x, y } = place(index);
    return `<g transform="translate(${x} ${Math.floor(y)})">${markup}</g>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" fill="#fff" xml:space="preserve">${content.join("")}</svg>`;
  const sheet = rasterize(svg, fontFiles);
  for (const [index, [key, { cols }]] of tiles.entries()) {
    const { x, y } = place(index);
    masks.set(key, cutMask(sheet, x, Math.floor(y), cols * box.width, box.height));
  }
}

function cutMask(sheet: ReturnType<Rasterize>, x: number, y: number, width: number, height: number): Mask {
  const mask = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let col = 0; col < width; col++) {
      const alpha = sheet.alpha[(y + row) * sheet.width + x + col] ?? 0;
      mask[row * width + col] = Math.round((alpha * LEVELS) / 255);
    }
  }
  return mask;
}
