import { EMPTY_CELL, SHOWN, WIDTH_SHIFT, WORDS_PER_CELL } from "../cell-words.js";
import type { InternalLine } from "../internals.js";
import type { Terminal } from "../library.js";
import { readRow, writeCells } from "../rows.js";
import { type Area, areaOf, type Sheet, sheetOf } from "./area.js";

/** DECCRA, which the library does not have. There is one page only. https://vt100.net/docs/vt510-rm/DECCRA.html */
export function registerCopy(terminal: Terminal): void {
  const sheet = sheetOf(terminal);
  if (sheet === null) return;
  terminal.parser.registerCsiHandler({ intermediates: "$", final: "v" }, (params) => {
    const [top = 0, left = 0, bottom = 0, right = 0, , toTop = 0, toLeft = 0] = params.map(Number);
    const source = areaOf([top, left, bottom, right], sheet.bounds());
    const target = areaOf([toTop, toLeft], sheet.bounds());
    if (source !== null && target !== null) copy(sheet, source, target);
    return true;
  });
}

/** Copies as many cells as have room. All are read before any is written, for the areas may overlap. */
function copy(sheet: Sheet, source: Area, target: Area): void {
  const count = Math.min(source.bottom - source.top, target.bottom - target.top);
  const cols = Math.min(source.right - source.left, target.right - target.left);
  const rows = Array.from({ length: count }, (_, index) => {
    const line = sheet.line(source.top + index);
    return line && readRow(line, line.length);
  });
  for (const [index, row] of rows.entries()) {
    const line = sheet.line(target.top + index);
    if (row === undefined || line === undefined) continue;
    writeCells(row, source.left, source.left + cols, line, target.left);
    emptyHalves(line, target.left);
    emptyHalves(line, target.left + cols);
  }
}

/** Empties the halves of wide characters that an edge between two columns has cut. */
function emptyHalves({ _data, length }: InternalLine, edge: number): void {
  const content = (col: number) => _data[col * WORDS_PER_CELL] ?? 0;
  const isHead = edge > 0 && content(edge - 1) >>> WIDTH_SHIFT === 2;
  const isTail = edge < length && content(edge) >>> WIDTH_SHIFT === 0 && (content(edge) & SHOWN) === 0;
  if (isHead === isTail) return;
  _data[(isHead ? edge - 1 : edge) * WORDS_PER_CELL] = EMPTY_CELL;
}
