import type { CursorShape, Screen } from "@cassette/format";
import { BACKGROUND, type Color } from "../grid/color.js";
import { createGridReader, type Glyph, type Grid } from "../grid/read-grid.js";
import { PLAIN, type Style } from "../grid/style.js";
import type { PageBlock, PageRow, PageScreen } from "./page-data.js";

/** A screen of a recording, when it was shown. */
export interface MomentScreen {
  /** With cells; with details where links, kinds of underlines and set colours matter. */
  screen: Screen;
  t_ms: number;
  /** The last event that it shows. */
  seq: number;
  /** Lines that scrolled by since the screen before: in the search only. */
  passed?: readonly string[];
}

/** Number of an empty row. */
const EMPTY = -1;

/** What the next screen is compared with. */
interface Shown {
  t_ms: number;
  seq: number;
  rows: readonly number[];
  cols: number;
  /** Row and column; empty while it is invisible, null before the first screen. */
  cursor: string | null;
  shape: CursorShape["shape"];
  background: Color;
}

/** What the first screen is compared with. */
const NOTHING: Shown = {
  t_ms: 0,
  seq: 0,
  rows: [],
  cols: 0,
  cursor: null,
  shape: "block",
  background: BACKGROUND,
};

/** Turns screens into blocks. */
export interface ScreenEncoder {
  /** Takes the next screen. */
  add(moment: MomentScreen): void;
  /** Screens since the last block. */
  readonly waiting: number;
  take(): PageBlock;
}

export function createScreenEncoder(): ScreenEncoder {
  const readGrid = createGridReader({ cursor: false });
  const styleNumbers = new Map<Style, number>();
  const rowNumbers = new Map<string, number>();
  /** Of rows as they were read: most have not changed since the screen before. */
  const lineNumbers = new WeakMap<readonly Glyph[], number>();
  let block: PageBlock = { styles: [], rows: [], screens: [] };
  let shown = NOTHING;

  const styleNumber = (style: Style) => {
    const known = styleNumbers.get(style);
    if (known !== undefined) return known;
    styleNumbers.set(style, styleNumbers.size);
    block.styles.push(style);
    return styleNumbers.size - 1;
  };
  const rowNumber = (line: readonly Glyph[]) => {
    const known = lineNumbers.get(line);
    if (known !== undefined) return known;
    const number = newRowNumber(line);
    lineNumbers.set(line, number);
    return number;
  };
  const newRowNumber = (line: readonly Glyph[]) => {
    const row = encodeRow(line, styleNumber);
    if (row.length === 0) return EMPTY;
    const key = JSON.stringify(row);
    const known = rowNumbers.get(key);
    if (known !== undefined) return known;
    rowNumbers.set(key, rowNumbers.size);
    block.rows.push(row);
    return rowNumbers.size - 1;
  };
  return {
    add({ screen, t_ms, seq, passed = [] }) {
      const grid = readGrid(screen);
      const next = showing(screen, grid, grid.lines.map(rowNumber), t_ms, seq);
      const change = changeOf(next, shown);
      if (passed.length > 0) change.p = passed;
      if (Object.keys(change).length === 2) return;
      block.screens.push(change);
      shown = next;
    },
    get waiting() {
      return block.screens.length;
    },
    take() {
      const taken = block;
      block = { styles: [], rows: [], screens: [] };
      return taken;
    },
  };
}

function showing(
  { cursor, details }: Screen,
  { cols, background }: Grid,
  rows: number[],
  t_ms: number,
  seq: number,
): Shown {
  return {
    ...{ t_ms, seq, rows, cols, background },
    cursor: cursor.Visible ? `${cursor.Row},${cursor.Col}` : "",
    shape: details?.cursorShape?.shape ?? "block",
  };
}

/** Has only times where the screen looks as the one before it. */
function changeOf(next: Shown, before: Shown): PageScreen {
  const change: PageScreen = { t: next.t_ms - before.t_ms, q: next.seq - before.seq };
  const isResized = before.rows.length !== next.rows.length || before.cols !== next.cols;
  if (isResized) change.z = [next.rows.length, next.cols];
  const old = resized(before.rows, next.rows.length);
  const shift = shiftBetween(old, next.rows);
  if (shift > 0) change.s = shift;
  const runs = changedRuns(shifted(old, shift), next.rows);
  if (runs.length > 0) change.r = runs;
  if (next.cursor !== before.cursor) change.c = placeOf(next.cursor);
  if (next.shape !== before.shape) change.k = next.shape;
  if (next.background !== before.background) change.b = next.background;
  return change;
}

function placeOf(cursor: string | null): [row: number, col: number] | null {
  const [row, col] = cursor?.split(",").map(Number) ?? [];
  return row === undefined || col === undefined ? null : [row, col];
}

function resized(rows: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, row) => rows[row] ?? EMPTY);
}

function shifted(rows: readonly number[], shift: number): number[] {
  return shift === 0 ? [...rows] : resized(rows.slice(shift), rows.length);
}

/** By how many rows the content moved up, so that the fewest others change. */
function shiftBetween(old: readonly number[], rows: readonly number[]): number {
  const kept = (shift: number) =>
    rows.reduce((count, row, at) => count + (row === (old[at + shift] ?? EMPTY) ? 1 : 0), 0);
  const first = rows.findIndex((row) => row !== EMPTY);
  const from = old.indexOf(rows[first] ?? EMPTY, first + 1);
  if (first < 0 || from < 0) return 0;
  const shift = from - first;
  return kept(shift) > kept(0) ? shift : 0;
}

function changedRuns(old: readonly number[], rows: readonly number[]): [number, ...number[]][] {
  const runs: [number, ...number[]][] = [];
  let isOpen = false;
  for (const [at, row] of rows.entries()) {
    const isChanged = row !== old[at];
    if (isChanged && isOpen) runs.at(-1)?.push(row);
    else if (isChanged) runs.push([at, row]);
    isOpen = isChanged;
  }
  return runs;
}

function withoutBlankEnd(line: readonly Glyph[]): readonly Glyph[] {
  let end = line.length;
  while (end > 0 && line[end - 1]?.text === " " && line[end - 1]?.style === PLAIN) end--;
  return line.slice(0, end);
}

/** Characters that a monospaced font has, one column wide: ASCII, Latin-1, arrows, box drawing and blocks. */
const IS_SIMPLE = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u00ff\u2190-\u2193\u2500-\u259f]$/;

function encodeRow(line: readonly Glyph[], styleNumber: (style: Style) => number): PageRow {
  const row: PageRow = [];
  let isOpen = false;
  for (const { text, width, style } of withoutBlankEnd(line)) {
    const number = styleNumber(style);
    const last = row.at(-1);
    const isSimple = width === 1 && IS_SIMPLE.test(text);
    if (isSimple && isOpen && last?.[0] === number) last[1] += text;
    else row.push(isSimple ? [number, text] : [number, text, width]);
    isOpen = isSimple;
  }
  return row;
}
