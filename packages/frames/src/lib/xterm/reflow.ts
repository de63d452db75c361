import { cellWidth, colsOf, contentLength, copyCells, emptyRow, hasContent, type Row } from "./rows.js";

/** A place among rows, such as the cursor's. `col` may be one beyond the last column, where the cursor waits to wrap. */
export interface Place {
  row: number;
  col: number;
}

/** Rows of the new width, and the places in them. */
export interface Reflowed {
  rows: Row[];
  places: Place[];
}

/**
 * Wraps logical lines for another width, as VTE and tmux do. A row that is not part of a longer line and still fits stays
 * as it is. Places move with the character they are at; beyond the end of a line they keep their distance from it.
 */
export function reflow(rows: readonly Row[], places: readonly Place[], cols: number): Reflowed {
  const result: Reflowed = { rows: [], places: places.map((place) => ({ ...place })) };
  for (let start = 0; start < rows.length; ) {
    let end = start + 1;
    while (rows[end]?.isWrapped) end++;
    const line = rows.slice(start, end);
    const inLine = result.places.filter((_, index) => isBetween(places[index], start, end));
    for (const place of inLine) place.row -= start;
    const rewrapped = rewrap(line, inLine, cols);
    for (const place of inLine) place.row += result.rows.length;
    result.rows.push(...rewrapped);
    start = end;
  }
  return result;
}

function isBetween(place: Place | undefined, start: number, end: number): boolean {
  return place !== undefined && place.row >= start && place.row < end;
}

/** One logical line for another width. Moves the places, whose rows count from the line's first. */
function rewrap(line: readonly Row[], places: Place[], cols: number): Row[] {
  const [first] = line;
  if (first === undefined) return [];
  const lengths = line.map((row, index) => lengthOf(row, line[index + 1]));
  if (line.length === 1 && (lengths[0] ?? 0) <= cols) {
    for (const place of places) place.col = Math.min(place.col, mostCol(place, first, cols));
    return [withCols(first, cols)];
  }
  const { rows, rowStarts } = wrap(line, lengths, cols, first.isWrapped);
  const starts = offsetsOf(lengths);
  for (const place of places) movePlace(place, lengths, starts, rowStarts, cols);
  return rows;
}

/**
 * Moves a place to where its character is now.
 * @param lengths, starts of the rows before.
 */
function movePlace(
  place: Place,
  lengths: readonly number[],
  starts: readonly number[],
  rowStarts: readonly number[],
  cols: number,
): void {
  const length = lengths[place.row] ?? 0;
  const offset = (starts[place.row] ?? 0) + Math.min(place.col, length);
  const beyond = place.row === lengths.length - 1 ? Math.max(0, place.col - length) : 0;
  place.row = rowAt(rowStarts, Math.min(offset, starts.at(-1) ?? 0));
  const col = offset - (rowStarts[place.row] ?? 0);
  place.col = beyond > 0 ? Math.min(col + beyond, cols - 1) : Math.min(col, cols);
}

/** Where the cursor waits to wrap it does so after a narrower row, too, as long as that is full. */
function mostCol({ col }: Place, row: Row, cols: number): number {
  const from = colsOf(row);
  return col <= cols && (col < cols || from === cols || contentLength(row) === cols) ? cols : cols - 1;
}

/** Columns a row gives to its logical line: all but the gap that a wide character left when it wrapped. */
function lengthOf(row: Row, next: Row | undefined): number {
  const cols = colsOf(row);
  if (next === undefined) return contentLength(row);
  const isGap = !hasContent(row, cols - 1) && cellWidth(row, cols - 1) === 1 && cellWidth(next, 0) === 2;
  return isGap ? cols - 1 : cols;
}

/** Sums of the lengths before each row, and of all. */
function offsetsOf(lengths: readonly number[]): number[] {
  const offsets = [0];
  for (const length of lengths) offsets.push((offsets.at(-1) ?? 0) + length);
  return offsets;
}

/** The last row that begins at or before an offset. */
function rowAt(rowStarts: readonly number[], offset: number): number {
  let row = rowStarts.length - 1;
  while (row > 0 && (rowStarts[row] ?? 0) > offset) row--;
  return row;
}

function wrap(line: readonly Row[], lengths: readonly number[], cols: number, isWrapped: boolean) {
  let row = emptyRow(cols, isWrapped);
  let used = 0;
  let offset = 0;
  const rows = [row];
  const rowStarts = [0];
  for (const [index, source] of line.entries()) {
    const length = lengths[index] ?? 0;
    for (let col = 0; col < length; ) {
      const width = Math.max(1, cellWidth(source, col));
      if (used + width > cols) {
        row = emptyRow(cols, true);
        used = 0;
        rows.push(row);
        rowStarts.push(offset);
      }
      // A wide character has no place on a screen of one column.
      if (width <= cols) copyCells(source, col, col + width, row, used);
      used += Math.min(width, cols);
      offset += width;
      col += width;
    }
  }
  return { rows, rowStarts };
}

function withCols(row: Row, cols: number): Row {
  const resized = emptyRow(cols, row.isWrapped);
  copyCells(row, 0, Math.min(cols, colsOf(row)), resized, 0);
  return resized;
}
