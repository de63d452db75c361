import { EMPTY_CELL } from "../cell-words.js";
import type { HiddenState } from "../hidden-state.js";
import type { InternalCell } from "../internals.js";
import type { Terminal } from "../library.js";
import { areaOf, type Sheet, sheetOf } from "./area.js";

type Parameters = (number | number[])[];

/** DECFRA, DECERA and DECSERA, which the library does not have. https://vt100.net/docs/vt510-rm/DECFRA.html */
export function registerFills(terminal: Terminal, hidden: HiddenState): void {
  const sheet = sheetOf(terminal);
  if (sheet === null) return;
  const { _inputHandler } = sheet.internals;
  const register = (final: string, handle: (params: number[]) => void) =>
    terminal.parser.registerCsiHandler({ intermediates: "$", final }, (params: Parameters) => {
      handle(params.map(Number));
      return true;
    });
  const erased = () => sheet.buffer().getNullCell(_inputHandler._eraseAttrData());
  register("x", ([code = 0, ...edges]) => {
    if (!isGraphic(code)) return;
    const cell = sheet.buffer().getNullCell(_inputHandler._curAttrData);
    cell.content = EMPTY_CELL | code;
    fill(sheet, edges, cell, false);
    cell.content = EMPTY_CELL;
  });
  register("z", (edges) => fill(sheet, edges, erased(), false));
  register("{", (edges) => fill(sheet, edges, erased(), !hidden.isoProtection));
}

/** ASCII and Latin-1 without their controls. */
function isGraphic(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff);
}

function fill(sheet: Sheet, edges: number[], cell: InternalCell, respectProtect: boolean): void {
  const area = areaOf(edges, sheet.bounds());
  if (area === null) return;
  for (let row = area.top; row < area.bottom; row++)
    sheet.line(row)?.replaceCells(area.left, area.right, cell, respectProtect);
}
