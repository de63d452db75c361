import type { Screen } from "@cassette/format";
import { escapeText } from "@cassette/format";

/** The parts of a screen that can be drawn as text. */
export type Drawable = Pick<Screen, "size" | "text" | "cursor">;

/**
 * A screen in lines of text: a gutter that points at the cursor's row, the rows, and how many blank ones follow. Safe to
 * print.
 */
export function drawScreen({ text, cursor }: Drawable): string[] {
  const end = Math.max(text.findLastIndex((row) => row !== "") + 1, cursor.Row + 1);
  const rows = text
    .slice(0, end)
    .map((row, index) => `${index === cursor.Row ? "›" : "│"} ${escapeText(row)}`.trimEnd());
  const blank = text.length - end;
  return blank > 0 ? [...rows, `┆ ${blank} blank ${blank === 1 ? "row" : "rows"}`] : rows;
}

/** Where the cursor is, counted from 1 as people do. */
export function describeCursor({ Row, Col, Visible }: Screen["cursor"]): string {
  return `row ${Row + 1}, column ${Col + 1}${Visible ? "" : ", hidden"}`;
}
