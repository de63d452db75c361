import { isDeepStrictEqual } from "node:util";
import type { FrameRecord, Screen } from "@cassette/format";

/** The part of a screen that a frame contains. */
export type WireScreen = Pick<FrameRecord, "size" | "text" | "cells" | "cursor" | "title">;

/** A screen as a frame contains it: empty fields are left out. */
export function wireScreen({ size, text, cells, cursor, title }: Screen): WireScreen {
  return { size, text, ...(cells && { cells }), cursor, ...(title !== "" && { title }) };
}

/** Whether two screens show the same. */
export function isSameScreen(one: WireScreen, other: WireScreen): boolean {
  return (
    one.size.Rows === other.size.Rows &&
    one.size.Cols === other.size.Cols &&
    one.cursor.Row === other.cursor.Row &&
    one.cursor.Col === other.cursor.Col &&
    one.cursor.Visible === other.cursor.Visible &&
    one.title === other.title &&
    one.text.every((row, index) => row === other.text[index]) &&
    areSameCells(one.cells, other.cells)
  );
}

/** Rows that have not changed are mostly the same objects. */
function areSameCells(some: WireScreen["cells"], others: WireScreen["cells"]): boolean {
  if (some === undefined || others === undefined) return some === others;
  return some.every((row, index) => row === others[index] || isDeepStrictEqual(row, others[index]));
}
