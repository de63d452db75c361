import { CELL_MODE, type Screen, SERVER_COMMAND } from "@cassette/format";
import { ansiText } from "@cassette/frames";
import { stripAllButSgr } from "../output/escape-text.js";

/** What is drawn on the user's terminal. */
export interface View {
  /** One string for each row of the terminal: only text and SGR of our own. */
  rows: string[];
  /** The cursor's position; null when it is not shown. */
  cursor: { row: number; col: number } | null;
  /** Which part of the screen is visible, for the status line; empty when all of it is. */
  part: string;
}

/** The part of a terminal that is available for the screen. */
export interface Viewport {
  rows: number;
  cols: number;
}

/** What can be laid out: a screen, or a frame, which may have no cells. */
export type DrawableScreen = Pick<Screen, "size" | "text" | "cells" | "cursor">;

/** Lays a screen out; of one that is larger than the viewport, the part around the cursor. */
export function viewOf(screen: DrawableScreen, viewport: Viewport): View {
  const { Rows, Cols } = screen.size;
  const { Row, Col, Visible } = screen.cursor;
  const top = firstSeen(Row, Rows, viewport.rows);
  const left = firstSeen(Col, Cols, viewport.cols);
  const isCut = Rows > viewport.rows || Cols > viewport.cols;
  const seen = isCut ? cut(screen, { top, left, ...viewport }) : screen;
  const rows = ansiText(seen).split("\n").map(safeRow);
  return {
    rows: rows.slice(0, viewport.rows),
    cursor: Visible ? { row: Row - top, col: Col - left } : null,
    part: isCut ? `${Math.min(Cols, viewport.cols)}x${Math.min(Rows, viewport.rows)} of ${Cols}x${Rows}` : "",
  };
}

/** A row that acts on no terminal and gives no build server a command, in as many columns. */
function safeRow(row: string): string {
  return stripAllButSgr(row).replace(SERVER_COMMAND, "\ufffd");
}

/** The first visible index of a length, such that `place` is visible and `seen` of them fit. */
function firstSeen(place: number, length: number, seen: number): number {
  return Math.max(0, Math.min(place - seen + 1, length - seen));
}

function cut(
  screen: DrawableScreen,
  { top, left, rows, cols }: Viewport & { top: number; left: number },
): DrawableScreen {
  const cells = screen.cells?.slice(top, top + rows).map((row) => {
    const kept = row.slice(left, left + cols);
    // Half of a wide glyph cannot be drawn.
    const [first] = kept;
    const last = kept.at(-1);
    if (first && first.Mode & CELL_MODE.wideTail) kept[0] = { ...first, Char: 0x20, Mode: 0 };
    return last && last.Mode & CELL_MODE.wideHead ? kept.slice(0, -1) : kept;
  });
  // For a row that is cut only the cells give positions; without cells its beginning is shown.
  const text = cells && screen.size.Cols > cols ? [] : screen.text.slice(top, top + rows);
  return { ...screen, cells, text };
}
