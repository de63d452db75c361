import { HAS_EXTENDED } from "../xterm/cell-words.js";
import { KIND_MASK, KIND_SHIFT, UNDERLINED } from "../xterm/underline.js";

/** What text is written in: the words of a cell, the words of its extended style, and the number of its link. */
export interface Pen {
  readonly fg: number;
  readonly bg: number;
  /** 0 where there is none. */
  readonly extended: number;
  readonly link: number;
}

/** What a terminal begins with, and has after a reset. */
export const PLAIN_PEN: Pen = { fg: 0, bg: 0, extended: 0, link: 0 };

const COLOR_MODE = 0x300_0000;
const COLOR = 0xff_ffff;
const PALETTE_16 = 0x100_0000;
const PALETTE_256 = 0x200_0000;
const PROTECTED = 0x2000_0000;
/** Bits of the two words with their SGR numbers. */
const FOREGROUND_BITS = [
  [0x800_0000, 1],
  [0x2000_0000, 5],
  [0x400_0000, 7],
  [0x4000_0000, 8],
  [0x8000_0000, 9],
] as const;
const BACKGROUND_BITS = [
  [0x800_0000, 2],
  [0x400_0000, 3],
  [0x4000_0000, 53],
] as const;

/** Makes the sequences that give a terminal a style, whatever it had before. @param isoProtection as SPA protects, not DECSCA. */
export function penOutput(pen: Pen, isoProtection: boolean): string {
  const { fg, bg, extended } = pen;
  const numbers = [
    "0",
    ...FOREGROUND_BITS.filter(([bit]) => (fg & bit) !== 0).map(([, number]) => number),
    ...BACKGROUND_BITS.filter(([bit]) => (bg & bit) !== 0).map(([, number]) => number),
    ...underlineNumbers(fg, bg, extended),
    ...colorNumbers(30, fg),
    ...colorNumbers(40, bg),
  ];
  const sgr = `\x1b[${numbers.join(";")}m`;
  if ((bg & PROTECTED) === 0) return sgr;
  return `${sgr}${isoProtection ? "\x1bV" : '\x1b[1"q'}`;
}

/** Whether two pens write alike, links aside. */
export function isSamePen(one: Pen, other: Pen): boolean {
  return one.fg === other.fg && one.bg === other.bg && one.extended === other.extended;
}

function underlineNumbers(fg: number, bg: number, extended: number): string[] {
  const kind = (bg & HAS_EXTENDED) === 0 ? 0 : (extended >> KIND_SHIFT) & KIND_MASK;
  const color = (bg & HAS_EXTENDED) === 0 ? 0 : extended & COLOR_MODE;
  const numbers = (fg & UNDERLINED) === 0 ? [] : [kind === 0 ? "4" : `4:${kind}`];
  if (color === PALETTE_16 || color === PALETTE_256) numbers.push(`58:5:${extended & 0xff}`);
  else if (color !== 0) numbers.push(`58:2::${rgbParts(extended).join(":")}`);
  return numbers;
}

function colorNumbers(base: 30 | 40, word: number): number[] {
  const color = word & COLOR;
  switch (word & COLOR_MODE) {
    case 0:
      return [];
    case PALETTE_16:
      return [(color & 0xff) < 8 ? base + (color & 0xff) : base + 60 + (color & 0xff) - 8];
    case PALETTE_256:
      return [base + 8, 5, color & 0xff];
    default:
      return [base + 8, 2, ...rgbParts(color)];
  }
}

function rgbParts(color: number): number[] {
  return [(color >> 16) & 0xff, (color >> 8) & 0xff, color & 0xff];
}
