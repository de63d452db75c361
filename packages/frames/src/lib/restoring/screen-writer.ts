import { SHOWN, WIDTH_SHIFT, WORDS_PER_CELL } from "../xterm/cell-words.js";
import { colsOf, emptyRow, type Row } from "../xterm/rows.js";
import { isSamePen, type Pen, PLAIN_PEN, penOutput } from "./style-output.js";

/** Output that is being made for a terminal which began empty, and the style that the terminal has after it. */
export interface ScreenWriter {
  output: string;
  pen: Pen;
  /** The address of a link by its number. */
  readonly links: ReadonlyMap<number, string>;
  readonly isoProtection: boolean;
}

/** Something that needs a character where there is none; it is erased afterwards. */
const FILLER = "x";

/**
 * Writes rows from the top of an empty screen on; those that do not fit scroll by. The first may continue one that is no longer
 * there: an empty row before it is lost again where no more lines are kept.
 */
export function writeRows(writer: ScreenWriter, rows: readonly Row[]): void {
  for (const [index, row] of rows.entries()) {
    const before = index === 0 && row.isWrapped ? emptyRow(colsOf(row)) : rows[index - 1];
    if (before === undefined) writeCells(writer, row, 0);
    else if (row.isWrapped) continueRow(writer, before, row);
    else {
      usePen(writer, PLAIN_PEN);
      writer.output += "\r\n";
      writeCells(writer, row, 0);
    }
  }
}

/** Writes the cell at a column again, so that the cursor waits after it. @returns whether there is a character. */
export function writeAgain(writer: ScreenWriter, row: Row, col: number): boolean {
  const text = textOf(row, col);
  if (text === "") return false;
  usePen(writer, penAt(row, col));
  writer.output += text;
  return true;
}

/** Gives the terminal a style. */
export function usePen(writer: ScreenWriter, pen: Pen): void {
  if (pen.link !== writer.pen.link) writer.output += `\x1b]8;;${writer.links.get(pen.link) ?? ""}\x1b\\`;
  if (!isSamePen(pen, writer.pen)) writer.output += penOutput(pen, writer.isoProtection);
  writer.pen = pen;
}

/** Moves the cursor, counted from 0. */
export function moveTo(writer: ScreenWriter, row: number, col: number): void {
  writer.output += `\x1b[${row + 1};${col + 1}H`;
}

/** The style of a cell. */
function penAt({ words, styles }: Row, col: number): Pen {
  const at = col * WORDS_PER_CELL;
  const extended = styles.get(col);
  return {
    fg: words[at + 1] ?? 0,
    bg: words[at + 2] ?? 0,
    extended: extended?._ext ?? 0,
    link: extended?.urlId ?? 0,
  };
}

/** What is written for a blank cell, and erased again. */
const BLANK_FILLED = { pen: PLAIN_PEN, text: FILLER, width: 1 };

function cellAt(row: Row, col: number) {
  return { pen: penAt(row, col), text: textOf(row, col), width: widthAt(row, col) };
}

/** Writes the end of a row and the beginning of the next so that the terminal wraps between them. */
function continueRow(writer: ScreenWriter, before: Row, row: Row): void {
  const cols = colsOf(before);
  const isFilled = textOf(before, cols - 1) !== "" || isTail(before, cols - 1);
  if (!isFilled) {
    usePen(writer, PLAIN_PEN);
    writer.output += `\x1b[${cols}G${FILLER}`;
  }
  const isBlank = textOf(row, 0) === "";
  const { pen, text, width } = isBlank ? BLANK_FILLED : cellAt(row, 0);
  usePen(writer, pen);
  writer.output += text;
  if (!isFilled) {
    writer.output += `\x1b[A\x1b[${cols}G`;
    erase(writer, penAt(before, cols - 1), 1);
    writer.output += "\x1b[B";
  }
  if (isBlank) {
    writer.output += "\x1b[G";
    erase(writer, penAt(row, 0), 1);
  }
  // Where nothing was mended the cursor may wait to wrap.
  if (!isFilled || isBlank) writer.output += width < cols ? `\x1b[${width + 1}G` : "";
  writeCells(writer, row, width);
}

/** Writes the cells of a row from a column on, at which the cursor is. */
function writeCells(writer: ScreenWriter, row: Row, from: number): void {
  let skipped = 0;
  for (let col = from; col < colsOf(row); col++) {
    if (isTail(row, col)) continue;
    const text = textOf(row, col);
    const pen = penAt(row, col);
    if (text === "" && pen.fg === 0 && pen.bg === 0) {
      skipped++;
      continue;
    }
    if (skipped > 0) writer.output += `\x1b[${skipped}C`;
    skipped = 0;
    if (text === "") {
      erase(writer, pen, 1);
      skipped = 1;
    } else {
      usePen(writer, pen);
      writer.output += text;
    }
  }
}

function erase(writer: ScreenWriter, pen: Pen, count: number): void {
  usePen(writer, pen);
  writer.output += `\x1b[${count}X`;
}

/** The characters of a cell; empty where nothing was written. */
function textOf({ words, clusters }: Row, col: number): string {
  const cluster = clusters.get(col);
  if (cluster !== undefined) return cluster;
  const code = (words[col * WORDS_PER_CELL] ?? 0) & SHOWN;
  return code === 0 ? "" : String.fromCodePoint(code);
}

function widthAt({ words }: Row, col: number): number {
  return (words[col * WORDS_PER_CELL] ?? 0) >>> WIDTH_SHIFT;
}

/** Whether a cell is the second half of a wide character. */
function isTail(row: Row, col: number): boolean {
  return widthAt(row, col) === 0 && textOf(row, col) === "";
}
