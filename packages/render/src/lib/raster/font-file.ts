import { readFile } from "node:fs/promises";
import { CassetteError } from "@cassette/format";
import { readCoverage } from "./font-coverage.js";

/** What there is to know of a font to place its glyphs. Lengths are in parts of the font size. */
export interface FontFace {
  path: string;
  /** The name by which the rasteriser finds it. */
  family: string;
  isBold: boolean;
  isItalic: boolean;
  /** Above and below the line that letters are on; both positive. */
  ascent: number;
  descent: number;
  /** Whether it has a glyph for a code point. */
  has(codePoint: number): boolean;
  advance(codePoint: number): number;
}

/**
 * Reads a TrueType or OpenType font, or the first of a collection.
 * @throws CassetteError `CASSETTE_FONT_INVALID` for any other file.
 */
export async function readFont(path: string): Promise<FontFace> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new CassetteError("CASSETTE_FONT_INVALID", "The font file cannot be read.", { file: path, cause });
  }
  try {
    return parseFont(path, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (cause) {
    throw new CassetteError("CASSETTE_FONT_INVALID", "The file is not a TrueType or OpenType font.", {
      file: path,
      cause,
    });
  }
}

const COLLECTION = 0x74746366;
const KINDS = [0x00010000, 0x4f54544f, 0x74727565];

function parseFont(path: string, file: DataView): FontFace {
  const start = file.getUint32(0) === COLLECTION ? file.getUint32(12) : 0;
  if (!KINDS.includes(file.getUint32(start))) throw new RangeError("not a font");
  const tables = readTables(file, start);
  const table = (tag: string) => {
    const found = tables.get(tag);
    if (found === undefined) throw new RangeError(`no table ${tag}`);
    return found;
  };
  const unitsPerEm = table("head").getUint16(18);
  const style = table("head").getUint16(44);
  const header = table("hhea");
  const glyphOf = readCoverage(table("cmap"));
  const advanceOf = readAdvances(table("hmtx"), header.getUint16(34));
  return {
    path,
    family: readFamily(table("name")),
    isBold: (style & 1) !== 0,
    isItalic: (style & 2) !== 0,
    ascent: header.getInt16(4) / unitsPerEm,
    descent: -header.getInt16(6) / unitsPerEm,
    has: (codePoint) => glyphOf(codePoint) !== 0,
    advance: (codePoint) => advanceOf(glyphOf(codePoint)) / unitsPerEm,
  };
}

function readTables(file: DataView, start: number): Map<string, DataView> {
  const tables = new Map<string, DataView>();
  for (let index = 0; index < file.getUint16(start + 4); index++) {
    const at = start + 12 + 16 * index;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((offset) => file.getUint8(at + offset)));
    tables.set(
      tag,
      new DataView(file.buffer, file.byteOffset + file.getUint32(at + 8), file.getUint32(at + 12)),
    );
  }
  return tables;
}

/** The last of the full records counts for all glyphs after it. */
function readAdvances(hmtx: DataView, count: number): (glyph: number) => number {
  return (glyph) => hmtx.getUint16(4 * Math.min(glyph, count - 1));
}

const WINDOWS = 3;
/** Names of the family: as designers group it, then as old programs do. */
const FAMILY_NAMES = [16, 1];

function readFamily(name: DataView): string {
  const names = new Map<number, string>();
  const texts = name.getUint16(4);
  for (let index = 0; index < name.getUint16(2); index++) {
    const at = 6 + 12 * index;
    const id = name.getUint16(at + 6);
    if (name.getUint16(at) !== WINDOWS || !FAMILY_NAMES.includes(id) || names.has(id)) continue;
    const from = texts + name.getUint16(at + 10);
    const units = Array.from({ length: name.getUint16(at + 8) / 2 }, (_, unit) =>
      name.getUint16(from + 2 * unit),
    );
    names.set(id, String.fromCharCode(...units));
  }
  const family = FAMILY_NAMES.map((id) => names.get(id)).find((found) => found !== undefined);
  if (family === undefined) throw new RangeError("no family name");
  return family;
}
