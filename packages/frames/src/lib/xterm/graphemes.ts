import { IS_COMBINED, SHOWN, WIDTH_SHIFT, WORDS_PER_CELL } from "./cell-words.js";
import { joins, mayJoin, widens } from "./clusters.js";
import { emptyToSpace } from "./combining-marks.js";
import { type InternalLine, type Internals, internalsOf } from "./internals.js";
import { JOINS, PROPERTY_SHIFT, widthOf, widthOfProperty } from "./joining-widths.js";
import type { IUnicodeVersionProvider, Terminal } from "./library.js";

const VERSION = "11-graphemes";
const WIDE = 2;
const NO_CLUSTER = { text: "", width: 0 };

/** The clusters of code points that take two columns together. */
export interface Graphemes {
  /** Turns them on or off, as mode 2027 does. */
  set(isOn: boolean): void;
  /** Whether a code point would join the cell before the cursor. */
  joinsBefore(code: number): boolean;
}

/**
 * Lets emoji of several code points take two columns. What is before the cursor decides, whatever came in between: so marks
 * do it, too, and an emoji stays whole when a style is set in the middle of it. The library forgets at each control
 * sequence what a character may join: https://github.com/xtermjs/xterm.js/issues/5237.
 * @param plainVersion the widths to go back to.
 */
export function createGraphemes(terminal: Terminal, plainVersion: string): Graphemes {
  const internals = internalsOf(terminal);
  if (internals === null) return { set: () => {}, joinsBefore: () => false };
  const widths = createGraphemeWidths(internals);
  terminal.unicode.register(widths);
  const { _inputHandler: handler } = internals;
  const print = handler.print.bind(handler);
  let isOn = false;
  return {
    set(next) {
      if (next === isOn) return;
      isOn = next;
      terminal.unicode.activeVersion = isOn ? VERSION : plainVersion;
      handler.print = isOn ? (data, start, end) => printAfter(internals, print, data, start, end) : print;
    },
    joinsBefore: (code) => isOn && mayJoin(code) && joins(clusterBefore(internals).text, code),
  };
}

function createGraphemeWidths(internals: Internals): IUnicodeVersionProvider {
  return {
    version: VERSION,
    wcwidth: widthOf,
    charProperties(code, preceding) {
      const width = widthOf(code);
      const before = widthOfProperty(preceding);
      if (before > 0 && mayJoin(code)) {
        const { text } = clusterBefore(internals);
        if (width === 0 && widens(text, code)) return property(widened(internals, before));
        if (width > 0 && joins(text, code)) return property(widened(internals, before));
      }
      if (width > 0) return width << PROPERTY_SHIFT;
      if (before === 0) emptyToSpace(internals._bufferService.buffers.active);
      return property(before);
    },
  };
}

function property(width: number): number {
  return (width << PROPERTY_SHIFT) | JOINS;
}

/** Two columns where there is room for them. */
function widened({ _bufferService, coreService }: Internals, before: number): number {
  const { cols, buffers } = _bufferService;
  const { wraparound } = coreService.decPrivateModes as { wraparound: boolean };
  return cols >= WIDE && (wraparound || buffers.active.x < cols) ? WIDE : before;
}

type Print = (data: Uint32Array, start: number, end: number) => void;

/** Prints text that may join what is before the cursor, which the library has forgotten after a control sequence. */
function printAfter(internals: Internals, print: Print, data: Uint32Array, start: number, end: number): void {
  const parser = internals._inputHandler._parser;
  const first = data[start] ?? 0;
  if (parser.precedingJoinState === 0 && (widthOf(first) === 0 || mayJoin(first)))
    parser.precedingJoinState = clusterBefore(internals).width << PROPERTY_SHIFT;
  print(data, start, end);
}

/** The cell before the cursor: its code points and columns. None if it is empty, or the cursor is in the middle of it. */
function clusterBefore({ _bufferService }: Internals): { text: string; width: number } {
  const { x, y, ybase, lines } = _bufferService.buffers.active;
  const line = lines.get(ybase + y);
  if (x === 0 || line === undefined) return NO_CLUSTER;
  const contentAt = (col: number) => line._data[col * WORDS_PER_CELL] ?? 0;
  const isTail = contentAt(x - 1) >>> WIDTH_SHIFT === 0 && x > 1;
  const col = isTail ? x - 2 : x - 1;
  const content = contentAt(col);
  const isCut = !isTail && content >>> WIDTH_SHIFT === WIDE;
  if (isCut || (content & SHOWN) === 0) return NO_CLUSTER;
  return { text: textOf(line, col, content), width: content >>> WIDTH_SHIFT };
}

/** The code points of a cell whose first word is `content`. */
function textOf(line: InternalLine, col: number, content: number): string {
  const isCombined = (content & IS_COMBINED) !== 0;
  return isCombined ? (line._combined[col] ?? "") : String.fromCodePoint(content & SHOWN);
}
