import { CELL_COLOR, CELL_MODE, type Cell, graphemesByColumn } from "@cassette/format";
import { type DrawableScreen, plainText } from "./plain-text.js";
import { sgrOf } from "./sgr.js";

const PLAIN_MODES =
  CELL_MODE.bold |
  CELL_MODE.dim |
  CELL_MODE.italic |
  CELL_MODE.underline |
  CELL_MODE.blink |
  CELL_MODE.reverse |
  CELL_MODE.hidden |
  CELL_MODE.strike |
  CELL_MODE.fgRgb |
  CELL_MODE.bgRgb;

/**
 * The rows with their colours, one line each, each ending plain. Contains no escape sequences but SGR. Without cells
 * it is {@link plainText}.
 */
export function ansiText(drawn: DrawableScreen): string {
  const { cells, text } = drawn;
  if (cells === undefined) return plainText(drawn);
  const lines = cells.map((row, index) => ansiRow(row, text[index] ?? ""));
  const last = lines.findLastIndex((line) => line !== "");
  return lines.slice(0, last + 1).join("\n");
}

function ansiRow(cells: Cell[], text: string): string {
  const clusters = graphemesByColumn(cells, text);
  const end = cells.findLastIndex((cell, col) => !isBlank(cell, clusters[col])) + 1;
  let line = "";
  let style = PLAIN;
  for (let col = 0; col < end; col++) {
    const cell = cells[col];
    if (cell === undefined || cell.Mode & CELL_MODE.wideTail) continue;
    const next = styleOf(cell);
    if (next !== style) line += next;
    style = next;
    line += clusters[col] ?? " ";
  }
  return style === PLAIN ? line : `${line}${PLAIN}`;
}

const PLAIN = "\x1b[0m";

function styleOf({ Mode, FG, BG }: Cell): string {
  return sgrOf({ Mode: Mode & PLAIN_MODES, FG, BG });
}

/** A space of the default colours. */
function isBlank(cell: Cell, cluster: string | undefined): boolean {
  const isDefault = cell.BG === CELL_COLOR.defaultBackground && (cell.Mode & PLAIN_MODES) === 0;
  return isDefault && (cluster === undefined || cluster === " ");
}
