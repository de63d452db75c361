import { CELL_COLOR, type Cell } from "@cassette/format";
import { nearestFrame } from "../evidence/moment.js";
import type { CellStyle } from "./assertion.js";
import { type Check, quote } from "./mismatch.js";
import { findText } from "./text-cells.js";

export const cellStyle: Check<CellStyle> = async ({ text, fg, bg, at_ms = 0 }, evidence) => {
  const frame = nearestFrame(evidence, at_ms);
  const wanted = [fg === undefined ? "" : ` in colour ${fg}`, bg === undefined ? "" : ` on colour ${bg}`];
  const expected = `the frame nearest to ${at_ms} ms shows ${quote(text)}${wanted.join("")}`;
  if (!frame) return { expected, found: "there are no frames", t_ms: at_ms };
  const places = findText(await evidence.cells(frame), text);
  const holds = (cell: Cell) => (fg ?? cell.FG) === cell.FG && (bg ?? cell.BG) === cell.BG;
  if (places.some(({ cells }) => cells.every(holds))) return null;
  const [place] = places;
  if (!place) return { expected, found: `frame ${frame.seq} does not have it in a row`, t_ms: at_ms };
  const colors = [...new Set(place.cells.map(({ FG, BG }) => `${numbered(FG)} on ${numbered(BG)}`))];
  const found = `in frame ${frame.seq}, row ${place.row}, column ${place.col} (from 0) it is ${colors.join(", ")}`;
  return { expected, found, t_ms: at_ms };
};

function numbered(color: number): string {
  const isDefault = color === CELL_COLOR.defaultForeground || color === CELL_COLOR.defaultBackground;
  return isDefault ? `${color} (default)` : String(color);
}
