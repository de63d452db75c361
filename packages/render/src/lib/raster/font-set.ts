import { defaultFontFiles } from "./default-fonts.js";
import { type FontFace, readFont } from "./font-file.js";

/** A font for some text, and what is done to it where it lacks the style. */
export interface ChosenFont {
  face: FontFace;
  thicken: boolean;
  slant: boolean;
  /** What can be drawn with it. */
  text: string;
  /** Marks are left out because it lacks them. */
  lacksMarks: boolean;
}

/** Fonts in the order in which they are asked. */
export interface FontSet {
  /** Null where no font has the text. */
  choose(text: string, isBold: boolean, isItalic: boolean): ChosenFont | null;
}

/**
 * Opens fonts: those given, then the ones that come along where they are installed.
 * @throws CassetteError `CASSETTE_FONT_INVALID`, or `CASSETTE_DRAWING_LIBRARY_MISSING` where there is no font at all.
 */
export async function openFonts(files: readonly string[]): Promise<FontSet> {
  const paths = [...files, ...defaultFontFiles(files.length === 0)];
  const faces = await Promise.all(paths.map(readFont));
  return { choose: (text, isBold, isItalic) => chooseFont(faces, text, isBold, isItalic) };
}

function chooseFont(
  faces: readonly FontFace[],
  text: string,
  isBold: boolean,
  isItalic: boolean,
): ChosenFont | null {
  const points = Array.from(text).filter((char) => !IGNORED.test(char));
  const codes = points.map((char) => char.codePointAt(0) ?? 0);
  const whole = faces.filter((face) => codes.every(face.has));
  const [base = 0] = codes;
  const usable = whole.length > 0 ? whole : faces.filter((face) => face.has(base));
  const [first] = usable;
  if (first === undefined) return null;
  const family = usable.filter((face) => face.family === first.family);
  const face = bestStyle(family, isBold, isItalic) ?? first;
  const drawn = points.filter((_, index) => face.has(codes[index] ?? 0));
  return {
    face,
    thicken: isBold && !face.isBold,
    slant: isItalic && !face.isItalic,
    text: drawn.join(""),
    lacksMarks: drawn.length < points.length,
  };
}

/** Joiners and variation selectors have no looks of their own. */
const IGNORED = /^(?:\u200c|\u200d|[\ufe00-\ufe0f])$/;

function bestStyle(faces: readonly FontFace[], isBold: boolean, isItalic: boolean): FontFace | undefined {
  const fit = (face: FontFace) => Number(face.isBold === isBold) * 2 + Number(face.isItalic === isItalic);
  return [...faces].sort((a, b) => fit(b) - fit(a))[0];
}
