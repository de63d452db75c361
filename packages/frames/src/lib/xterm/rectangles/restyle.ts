import { WORDS_PER_CELL } from "../cell-words.js";
import type { HiddenState } from "../hidden-state.js";
import type { InternalLine } from "../internals.js";
import type { Terminal } from "../library.js";
import { type Area, areaOf, type Sheet, sheetOf } from "./area.js";

/** Bits of a cell's second word. */
const INVERSE = 0x400_0000;
const BOLD = 0x800_0000;
const UNDERLINED = 0x1000_0000;
const BLINKS = 0x2000_0000;
const INVISIBLE = 0x4000_0000;
const ALL = INVERSE | BOLD | UNDERLINED | BLINKS | INVISIBLE;
/** What an SGR number sets or resets, of those that DEC's terminals know. */
const SETS = new Map([
  [1, BOLD],
  [4, UNDERLINED],
  [5, BLINKS],
  [7, INVERSE],
  [8, INVISIBLE],
]);
const RESETS = new Map([
  [0, ALL],
  [22, BOLD],
  [24, UNDERLINED],
  [25, BLINKS],
  [27, INVERSE],
  [28, INVISIBLE],
]);
const RECTANGLE = 2;

/** DECCARA, DECRARA and DECSACE, which the library does not have. https://vt100.net/docs/vt510-rm/DECCARA.html */
export function registerRestyling(terminal: Terminal, hidden: HiddenState): void {
  const sheet = sheetOf(terminal);
  if (sheet === null) return;
  const { parser } = terminal;
  const register = (final: string, changeOf: (numbers: number[]) => (flags: number) => number) =>
    parser.registerCsiHandler({ intermediates: "$", final }, (params) => {
      const [top = 0, left = 0, bottom = 0, right = 0, ...numbers] = params.map(Number);
      const area = areaOf([top, left, bottom, right], sheet.bounds());
      if (area !== null) restyle(sheet, area, hidden.changesRectangle, changeOf(numbers));
      return true;
    });
  register("r", setting);
  register("t", reversing);
  parser.registerCsiHandler({ intermediates: "*", final: "x" }, (params) => {
    hidden.changesRectangle = params[0] === RECTANGLE;
    return true;
  });
}

/** Each number in turn sets or resets; none is a reset. */
function setting(numbers: number[]): (flags: number) => number {
  return (flags) =>
    (numbers.length === 0 ? [0] : numbers).reduce(
      (changed, number) => (changed | (SETS.get(number) ?? 0)) & ~(RESETS.get(number) ?? 0),
      flags,
    );
}

/** Each number in turn turns a style over. */
function reversing(numbers: number[]): (flags: number) => number {
  const mask = (numbers.length === 0 ? [0] : numbers).reduce(
    (turned, number) => turned ^ (number === 0 ? ALL : (SETS.get(number) ?? 0)),
    0,
  );
  return (flags) => flags ^ mask;
}

/** Changes the cells of a rectangle, or all from its first to its last, row after row. */
function restyle(sheet: Sheet, area: Area, isRectangle: boolean, change: (flags: number) => number): void {
  const bounds = sheet.bounds();
  for (let row = area.top; row < area.bottom; row++) {
    const start = isRectangle || row === area.top ? area.left : bounds.left;
    const end = isRectangle || row + 1 === area.bottom ? area.right : bounds.right;
    const line = sheet.line(row);
    if (line !== undefined) restyleLine(line, start, end, change);
  }
}

function restyleLine({ _data }: InternalLine, start: number, end: number, change: (flags: number) => number) {
  for (let col = start; col < end; col++) {
    const at = col * WORDS_PER_CELL + 1;
    _data[at] = change(_data[at] ?? 0);
  }
}
