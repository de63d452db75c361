import { EMPTY_CELL, HAS_EXTENDED, IS_COMBINED, SHOWN, WIDTH_SHIFT, WORDS_PER_CELL } from "./cell-words.js";
import type { InternalBuffer, InternalExtended, InternalLine } from "./internals.js";
import { linesOf } from "./packed-lines.js";

/** A row copied from a terminal. */
export interface Row {
  readonly words: Uint32Array;
  /** Whether it continues the row before it. */
  isWrapped: boolean;
  /** What does not fit into the words, by column. */
  readonly clusters: Map<number, string>;
  readonly styles: Map<number, InternalExtended>;
}

/** An empty row. */
export function emptyRow(cols: number, isWrapped = false): Row {
  const words = new Uint32Array(cols * WORDS_PER_CELL);
  for (let at = 0; at < words.length; at += WORDS_PER_CELL) words[at] = EMPTY_CELL;
  return { words, isWrapped, clusters: new Map(), styles: new Map() };
}

/** Columns of a cell's character; 0 for the second half of a wide one. */
export function cellWidth({ words }: Row, col: number): number {
  return (words[col * WORDS_PER_CELL] ?? EMPTY_CELL) >>> WIDTH_SHIFT;
}

/** Whether something was written in a cell, a space included. */
export function hasContent({ words }: Row, col: number): boolean {
  return ((words[col * WORDS_PER_CELL] ?? 0) & SHOWN) !== 0;
}

/** Columns up to the last one that was written. */
export function contentLength(row: Row): number {
  const cols = colsOf(row);
  for (let col = cols - 1; col >= 0; col--) {
    if (hasContent(row, col)) return Math.min(cols, col + cellWidth(row, col));
  }
  return 0;
}

/** Columns of a row. */
export function colsOf({ words }: Row): number {
  return words.length / WORDS_PER_CELL;
}

/** Copies cells from one row to another. */
export function copyCells(from: Row, start: number, end: number, to: Row, at: number): void {
  to.words.set(from.words.subarray(start * WORDS_PER_CELL, end * WORDS_PER_CELL), at * WORDS_PER_CELL);
  for (let col = start; col < end; col++) {
    const cluster = from.clusters.get(col);
    const style = from.styles.get(col);
    if (cluster !== undefined) to.clusters.set(at + col - start, cluster);
    if (style !== undefined) to.styles.set(at + col - start, style);
  }
}

/** Copies all rows of a buffer, each cut to the screen's columns. */
export function readRows(buffer: InternalBuffer, cols: number): Row[] {
  return linesOf(buffer.lines).map((line) => readRow(line, cols));
}

/** Copies a line, cut to the screen's columns. */
export function readRow(line: InternalLine, cols: number): Row {
  const row = emptyRow(cols, line.isWrapped);
  row.words.set(line._data.subarray(0, Math.min(cols, line.length) * WORDS_PER_CELL));
  for (let col = 0; col < cols; col++) {
    const at = col * WORDS_PER_CELL;
    const cluster = line._combined[col];
    // Entries of earlier characters stay in the library's tables.
    if (cluster !== undefined && ((row.words[at] ?? 0) & IS_COMBINED) !== 0) row.clusters.set(col, cluster);
    const style = line._extendedAttrs[col];
    if (style !== undefined && ((row.words[at + 2] ?? 0) & HAS_EXTENDED) !== 0) row.styles.set(col, style);
  }
  return row;
}

/** Copies cells of a row into a line. */
export function writeCells(from: Row, start: number, end: number, line: InternalLine, at: number): void {
  line._data.set(from.words.subarray(start * WORDS_PER_CELL, end * WORDS_PER_CELL), at * WORDS_PER_CELL);
  for (let col = start; col < end; col++) {
    const cluster = from.clusters.get(col);
    const style = from.styles.get(col);
    if (cluster !== undefined) line._combined[at + col - start] = cluster;
    if (style !== undefined) line._extendedAttrs[at + col - start] = style;
  }
}

/** Makes these rows the lines of a buffer. */
export function writeRows(buffer: InternalBuffer, rows: readonly Row[], mostLines: number): void {
  buffer.lines.length = 0;
  // In this order: a new maximum begins a new ring.
  buffer.lines.maxLength = mostLines;
  buffer.lines._startIndex = 0;
  for (const { words, isWrapped, clusters, styles } of rows) {
    const line = buffer.getBlankLine(buffer.savedCurAttrData);
    line._data = words;
    line.length = words.length / WORDS_PER_CELL;
    line.isWrapped = isWrapped;
    for (const [col, cluster] of clusters) line._combined[col] = cluster;
    for (const [col, style] of styles) line._extendedAttrs[col] = style;
    buffer.lines.push(line);
  }
}
