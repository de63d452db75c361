import type { TerminalSize } from "@cassette/format";
import type { Terminal } from "../library.js";
import { isUnderlined } from "../underline.js";
import { DCS, type ReplyContext, ST } from "./reply-context.js";

type BufferCell = ReturnType<Terminal["buffer"]["active"]["getNullCell"]>;

const SPACE = 0x20;
const MOST_IDENTIFIER = 65_535;
const CHECKSUMS = 0x1_0000;

/** What a style adds to a cell's code. */
const STYLES = { underline: 0x10, inverse: 0x20, blink: 0x40, bold: 0x80 } as const;

/**
 * DECRQCRA: the negative sum of the codes of a rectangle's cells, with their styles, as DEC's terminals and xterm count.
 * It is answered only where replies are sent at all: in a headless recording.
 * https://vt100.net/docs/vt510-rm/DECRQCRA.html
 */
export function registerChecksum({ terminal, size, reply, allow }: ReplyContext): void {
  terminal.parser.registerCsiHandler({ intermediates: "*", final: "y" }, (params) => {
    const [identifier = 0, , ...edges] = params.map(Number);
    if (!allow(size().rows * size().cols)) return true;
    const sum = sumOf(terminal, edges, size());
    const checksum = (CHECKSUMS - (sum % CHECKSUMS)) % CHECKSUMS;
    const hex = checksum.toString(16).toUpperCase().padStart(4, "0");
    reply(`${DCS}${Math.min(identifier, MOST_IDENTIFIER)}!~${hex}${ST}`);
    return true;
  });
}

/** @param edges top, left, bottom, right, counted from one; what is left out is the screen's. */
function sumOf(terminal: Terminal, edges: number[], { rows, cols }: TerminalSize): number {
  const [top = 0, left = 0, bottom = 0, right = 0] = edges;
  const buffer = terminal.buffer.active;
  const cell = buffer.getNullCell();
  let sum = 0;
  for (let row = Math.max(1, top); row <= Math.min(rows, bottom || rows); row++) {
    const line = buffer.getLine(buffer.baseY + row - 1);
    for (let col = Math.max(1, left); col <= Math.min(cols, right || cols); col++) {
      const read = line?.getCell(col - 1, cell);
      if (read !== undefined) sum += codeOf(read);
    }
  }
  return sum;
}

function codeOf(cell: BufferCell): number {
  return (
    (cell.getCode() || SPACE) +
    (isUnderlined(cell) ? STYLES.underline : 0) +
    (cell.isInverse() ? STYLES.inverse : 0) +
    (cell.isBlink() ? STYLES.blink : 0) +
    (cell.isBold() ? STYLES.bold : 0)
  );
}
