import type { Screen } from "@cassette/format";
import { escapeText } from "@cassette/format";
import { type Mask, maskScreen } from "@cassette/terminal/masks";
import { normaliseRows } from "../assertions/normalise.js";
import { describeStyle } from "../assertions/text-style.js";
import { describeCursor } from "../failure/draw-screen.js";

/** Which parts of a screen a golden file contains. */
export interface GoldenOptions {
  /** Include colours and text attributes, one line for each run. */
  styles?: boolean;
  /** Replace clocks, pids, durations and the like. Default: true. */
  normalise?: boolean;
  /** What to leave out, besides the masks of `cassette.config.yaml`. */
  masks?: readonly Mask[];
}

const EDGE = "─".repeat(20);

/**
 * A screen as the text of a golden file: size, cursor, title, the rows between two edges (`›` points at the cursor's), and with
 * `styles` all text with a style.
 */
export function goldenText(
  shown: Screen,
  { styles = false, normalise = true, masks = [] }: GoldenOptions = {},
): string {
  const screen = maskScreen(shown, masks);
  const { size, cursor, title, alternate } = screen;
  const change = (rows: string[]) => (normalise ? normaliseRows(rows) : rows);
  const [shownTitle = ""] = change([title]);
  const rows = change(screen.text.slice(0, lastRow(screen) + 1));
  return [
    `${size.Rows} rows × ${size.Cols} columns${alternate ? ", alternate screen" : ""}`,
    `cursor: ${describeCursor(cursor)}`,
    ...(shownTitle ? [`title: ${escapeText(shownTitle)}`] : []),
    EDGE,
    ...rows.map((row, index) => `${index === cursor.Row ? "›" : "│"} ${escapeText(row)}`.trimEnd()),
    EDGE,
    ...(styles ? styledStretches(screen) : []),
    "",
  ].join("\n");
}

/** Blank rows at the end are left out, but not the cursor's. */
function lastRow({ text, cursor }: Screen): number {
  return Math.max(
    cursor.Row,
    text.findLastIndex((row) => row !== ""),
  );
}

function styledStretches({ cells = [] }: Screen): string[] {
  return cells.flatMap((row, index) => {
    const stretches: { start: number; end: number; style: string }[] = [];
    for (const [col, cell] of row.entries()) {
      const style = describeStyle(cell);
      const last = stretches.at(-1);
      if (last?.style === style) last.end = col;
      else stretches.push({ start: col, end: col, style });
    }
    return stretches
      .filter(({ style }) => style !== "plain")
      .map(({ start, end, style }) => `row ${index + 1}, ${columns(start, end)}: ${style}`);
  });
}

/** Counted from 1. */
function columns(start: number, end: number): string {
  return start === end ? `column ${start + 1}` : `columns ${start + 1}–${end + 1}`;
}
