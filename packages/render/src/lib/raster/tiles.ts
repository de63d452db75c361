import type { Style } from "../grid/style.js";
import type { CellBox, Shape } from "../shapes/cell-box.js";
import { strikeShape, underlineShape } from "../shapes/line-shapes.js";
import { shapeOf } from "../shapes/shape-of.js";
import { escapeAttribute, escapeText, number } from "../svg/markup.js";
import type { AtlasOptions } from "./atlas.js";
import type { ChosenFont } from "./font-set.js";

/** What the rasteriser draws for a glyph, in white, from the upper left corner of its cell. */
export interface Tile {
  markup: string;
  cols: number;
  /** The font it needs. */
  fontPath?: string;
}

/** A character: its shape, its glyph, or a box where no font has it. */
export function glyphTile(text: string, { bold, italic }: Style, cols: number, options: AtlasOptions): Tile {
  const shape = shapeOf(text, options.box);
  if (shape) return { markup: shapeMarkup(shape), cols };
  const chosen = options.fonts.choose(text, bold, italic);
  if (chosen === null) {
    options.onMissing(text);
    return { markup: missingBox(cols, options.box), cols };
  }
  if (chosen.lacksMarks) options.onMissing(text);
  return { markup: textMarkup(chosen, cols, options), cols, fontPath: chosen.face.path };
}

/** An underline, or the line through a character. */
export function lineTile(underline: Style["underline"], cols: number, { box }: AtlasOptions): Tile {
  const shape = underline === null ? strikeShape(cols, box) : underlineShape(underline.kind, cols, box);
  return { markup: shapeMarkup(shape), cols };
}

function shapeMarkup({ rects, curve, alpha = 1 }: Shape): string {
  const opacity = alpha === 1 ? "" : ` fill-opacity="${alpha}"`;
  const areas = rects.map(
    ([x0, y0, x1, y1]) =>
      `<rect x="${x0}" y="${y0}" width="${number(x1 - x0)}" height="${number(y1 - y0)}"${opacity} shape-rendering="crispEdges"/>`,
  );
  return areas.join("") + (curve ? `<path d="${curve(0, 0)}"/>` : "");
}

/** Text in the middle of its cells; narrower where the font is too wide for them. */
function textMarkup(
  { face, text, thicken, slant }: ChosenFont,
  cols: number,
  { box, fontSize }: AtlasOptions,
): string {
  const room = cols * box.width;
  const natural = face.advance(text.codePointAt(0) ?? 0) * fontSize;
  const squeeze = natural > room * 1.02 ? room / natural : 1;
  // A monospaced font is as wide as its cell, but for a part of a pixel.
  const left = Math.max(0, (room - natural * squeeze) / 2);
  const baseline = Math.round((box.height + (face.ascent - face.descent) * fontSize) / 2);
  const transforms = [
    `translate(${number(left)} ${baseline})`,
    squeeze === 1 ? "" : `scale(${number(squeeze)} 1)`,
    slant ? "skewX(-12)" : "",
  ];
  const stroke = thicken ? ` stroke="#fff" stroke-width="${number(fontSize / 22)}"` : "";
  const weight = face.isBold ? ' font-weight="700"' : "";
  const style = face.isItalic ? ' font-style="italic"' : "";
  return `<text transform="${transforms.filter(Boolean).join(" ")}" font-family="${escapeAttribute(face.family)}" font-size="${fontSize}"${weight}${style}${stroke}>${escapeText(text)}</text>`;
}

/** An empty box, as fonts have for what they lack. */
function missingBox(cols: number, { width, height, light }: CellBox): string {
  const [x, y] = [light, Math.round(height / 5)];
  return `<rect x="${x + light / 2}" y="${y + light / 2}" width="${cols * width - 3 * light}" height="${height - 2 * y - light}" fill="none" stroke="#fff" stroke-width="${light}"/>`;
}
