import type { TerminalSize } from "@cassette/format";
import { SCROLLBACK_LINES } from "../scrollback.js";
import { type InternalBuffer, internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";
import { type Place, reflow } from "./reflow.js";
import { colsOf, contentLength, emptyRow, type Row, readRows, writeRows } from "./rows.js";
import type { SavedCursors } from "./saved-cursor.js";

/** The normal screen with its scrollback during a resize. Places count from the first line of the scrollback. */
interface Grid {
  rows: Row[];
  /** Lines above the screen. */
  above: number;
  cursor: Place;
  saved: Place;
}

/**
 * Changes a terminal's size as xterm, VTE and tmux do: a screen that grows takes rows back from its scrollback. The library
 * does so only when the cursor is in the last row (https://github.com/xtermjs/xterm.js/issues/99), does not move the
 * cursor with its line (https://github.com/xtermjs/xterm.js/issues/5295) and forgets that it waits to wrap. Lines are
 * wrapped for the new width, as in VTE and tmux; xterm would cut them.
 */
export function resizeTerminal(
  terminal: Terminal,
  from: TerminalSize,
  to: TerminalSize,
  saved: SavedCursors,
): void {
  if (from.rows === to.rows && from.cols === to.cols) return;
  const internals = internalsOf(terminal);
  if (internals === null) {
    terminal.resize(to.cols, to.rows);
    return;
  }
  const { _normal, _alt } = internals._bufferService.buffers;
  const grid = readGrid(_normal, from, saved);
  const { x } = _alt;
  _normal.lines.length = 0;
  layRingFromStart(_alt);
  internals._bufferService.resize(to.cols, to.rows);
  if (x === from.cols && from.cols === to.cols) _alt.x = x;
  forgetHiddenAlternateRows(_alt, to);
  changeRows(grid, from.rows, to.rows);
  if (from.cols !== to.cols) changeCols(grid, to);
  writeGrid(_normal, grid, to, saved);
  saved.alternate.row = Math.min(saved.alternate.row, to.rows - 1);
}

/** Drops the lines above the normal screen, and keeps none from now on. */
export function dropScrollback(terminal: Terminal): void {
  const internals = internalsOf(terminal);
  if (internals === null) return;
  const { rows, buffers } = internals._bufferService;
  const { lines } = buffers._normal;
  if (lines.maxLength === rows) return;
  lines.trimStart(buffers._normal.ybase);
  lines.maxLength = rows;
  Object.assign(buffers._normal, { ybase: 0, ydisp: 0 });
}

/** Sets the size of a new terminal, which may be one column; the library's constructor refuses that. */
export function narrowToOneColumn(terminal: Terminal, { rows }: TerminalSize): void {
  internalsOf(terminal)?._bufferService.resize(1, rows);
}

function readGrid(buffer: InternalBuffer, { rows, cols }: TerminalSize, { normal }: SavedCursors): Grid {
  const read = readRows(buffer, cols);
  const above = buffer.ybase;
  while (read.length < above + rows) read.push(emptyRow(cols));
  return {
    rows: read,
    above,
    cursor: { row: above + buffer.y, col: buffer.x },
    saved: { row: above + normal.row, col: normal.waits ? cols : Number(buffer.savedX) },
  };
}

/** Takes rows below the cursor first, then moves some into the scrollback; adds rows from there first, then empty ones. */
function changeRows(grid: Grid, from: number, to: number): void {
  if (to < from) {
    const below = grid.above + from - 1 - grid.cursor.row;
    const cut = Math.min(Math.max(0, below), from - to);
    grid.rows.length -= cut;
    grid.above += from - to - cut;
    return;
  }
  grid.above -= Math.min(grid.above, to - from);
  fill(grid, to);
}

function changeCols(grid: Grid, { rows, cols }: TerminalSize): void {
  const before = grid.rows.length;
  const { rows: reflowed, places } = reflow(grid.rows, [grid.cursor, grid.saved], cols);
  const [cursor = grid.cursor, saved = grid.saved] = places;
  Object.assign(grid, { rows: reflowed, cursor, saved });
  takeEmptyRows(grid, reflowed.length - before);
  grid.above = Math.max(0, reflowed.length - rows);
  fill(grid, rows);
}

/** Lines that have become longer take the place of empty rows at the end, before any row leaves the screen. */
function takeEmptyRows({ rows, cursor }: Grid, most: number): void {
  for (let left = most; left > 0; left--) {
    const last = rows.at(-1);
    if (rows.length - 1 <= cursor.row || last === undefined || contentLength(last) > 0) return;
    rows.pop();
  }
}

function fill({ rows, above }: Grid, screenRows: number): void {
  const cols = rows[0] ? colsOf(rows[0]) : 0;
  while (rows.length < above + screenRows) rows.push(emptyRow(cols));
}

function writeGrid(
  buffer: InternalBuffer,
  grid: Grid,
  { rows, cols }: TerminalSize,
  saved: SavedCursors,
): void {
  const lost = Math.max(0, grid.above - SCROLLBACK_LINES);
  writeRows(buffer, grid.rows.slice(lost), rows + SCROLLBACK_LINES);
  buffer.ybase = grid.above - lost;
  buffer.ydisp = buffer.ybase;
  buffer.x = Math.min(grid.cursor.col, cols);
  buffer.y = clampRow(grid.cursor.row - grid.above, rows);
  if (saved.normal.isSaved) {
    saved.normal.waits = grid.saved.col === cols;
    buffer.savedX = Math.min(grid.saved.col, cols);
    saved.normal.row = clampRow(grid.saved.row - grid.above, rows);
  }
  buffer.scrollTop = 0;
  buffer.scrollBottom = rows - 1;
}

function clampRow(row: number, rows: number): number {
  return Math.min(Math.max(0, row), rows - 1);
}

/** Where a buffer's first line is in its ring should not matter, and does when the library changes the size. */
function layRingFromStart({ lines }: InternalBuffer): void {
  lines.maxLength++;
  lines.maxLength--;
}

/**
 * Without this, rows that scroll off an alternate screen come back when it grows, once its size has changed while it was
 * hidden: https://github.com/xtermjs/xterm.js/issues/6163.
 */
function forgetHiddenAlternateRows({ lines }: InternalBuffer, { rows }: TerminalSize): void {
  if (lines.length === 0) lines.maxLength = rows;
}
