import type { Cursor, Screen } from "@cassette/format";
import { type CellLook, isInStyle } from "../cells/cell-look.js";
import type { Mask, MaskRectangle } from "./mask.js";
import { cellsOf, type Piece, piecesOf, plainPieces } from "./row-pieces.js";

/** Fills a masked rectangle: its size is known, so that nothing beside it moves. */
const FILLING = "▒";

/** A stretch of pieces to replace, and the text in its place. `from` is included, `to` is not. */
interface Stretch {
  from: number;
  to: number;
  label: string;
}

/**
 * A screen with labels, in the default style, in place of what the masks cover. A masked text may have had another length: what
 * follows it in its row moves, with the cursor, and of several blanks after it one is left.
 * @throws TypeError for a style where the screen has no cells.
 */
export function maskScreen(screen: Screen, masks: readonly Mask[]): Screen {
  if (masks.length === 0) return screen;
  const masked = screen.text.map((text, row) => maskRow(screen, text, row, masks));
  return {
    ...screen,
    title: maskText(screen.title, masks),
    text: masked.map(({ pieces }) => textOf(pieces).trimEnd()),
    ...(screen.cells && {
      cells: masked.map(({ pieces }, row) => cellsOf(pieces, screen.cells?.[row]?.length ?? 0)),
    }),
    cursor: moveCursor(screen.cursor, masked[screen.cursor.Row]),
  };
}

/** A text with labels in place of what the patterns match; other masks have no effect on it. */
export function maskText(text: string, masks: readonly Mask[]): string {
  return masks.reduce(
    (so, mask) => ("pattern" in mask ? so.replaceAll(globally(mask.pattern), () => labelOf(mask)) : so),
    text,
  );
}

interface MaskedRow {
  pieces: Piece[];
  /** Whether anything was replaced. */
  isMasked: boolean;
}

function maskRow({ cells }: Screen, text: string, row: number, masks: readonly Mask[]): MaskedRow {
  let pieces = piecesOf(text, cells?.[row]);
  let isMasked = false;
  for (const mask of masks) {
    const stretches = stretchesOf(mask, pieces, row, cells !== undefined);
    if (stretches.length > 0) isMasked = true;
    for (const stretch of stretches.reverse()) pieces = replace(pieces, stretch, cells !== undefined);
  }
  return { pieces, isMasked };
}

/** Where a mask covers a row, from left to right. */
function stretchesOf(mask: Mask, pieces: readonly Piece[], row: number, hasCells: boolean): Stretch[] {
  if ("pattern" in mask)
    return ofPattern(mask.pattern, pieces).map((found) => ({ ...found, label: labelOf(mask) }));
  if ("style" in mask) {
    if (!hasCells) throw new TypeError("A mask by style needs a screen with cells.");
    return ofStyle(mask.style, pieces).map((found) => ({ ...found, label: labelOf(mask) }));
  }
  return ofRectangle(mask.rectangle, pieces, row);
}

function ofPattern(pattern: RegExp, pieces: readonly Piece[]): Omit<Stretch, "label">[] {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of pieces) {
    starts.push(length);
    length += text.length;
  }
  return [...textOf(pieces).trimEnd().matchAll(globally(pattern))].flatMap(({ index, 0: found }) => {
    if (found === "") return [];
    const from = starts.findLastIndex((start) => start <= index);
    const to = starts.findIndex((start) => start >= index + found.length);
    return [{ from, to: to < 0 ? pieces.length : to }];
  });
}

function ofStyle(style: CellLook, pieces: readonly Piece[]): Omit<Stretch, "label">[] {
  const found: Omit<Stretch, "label">[] = [];
  for (let from = 0; from < pieces.length; from++) {
    let to = from;
    while (pieces[to]?.cells.every((cell) => isInStyle(cell, style))) to++;
    // In a style of blanks alone there is nothing to read.
    if (textOf(pieces.slice(from, to)).trim() !== "") found.push(withoutBlankEnds(pieces, from, to));
    from = Math.max(from, to - 1);
  }
  return found;
}

/** Blanks at the ends are as long as the text is short. */
function withoutBlankEnds(pieces: readonly Piece[], from: number, to: number): Omit<Stretch, "label"> {
  const isBlank = (index: number) => pieces[index]?.text === " ";
  let [first, end] = [from, to];
  while (isBlank(first)) first++;
  while (isBlank(end - 1)) end--;
  return { from: first, to: end };
}

function ofRectangle(rectangle: MaskRectangle, pieces: readonly Piece[], row: number): Stretch[] {
  const { row: top, rows = 1, column = 1, columns = Number.POSITIVE_INFINITY } = rectangle;
  if (row + 1 < top || row + 1 >= top + rows) return [];
  const from = pieces.findIndex((piece) => piece.column >= column - 1);
  if (from < 0) return [];
  const end = pieces.findIndex((piece) => piece.column >= column - 1 + columns);
  const to = end < 0 ? pieces.length : end;
  const width = pieces.slice(from, to).reduce((sum, { cells }) => sum + Math.max(1, cells.length), 0);
  return [{ from, to, label: FILLING.repeat(width) }];
}

function replace(pieces: readonly Piece[], { from, to, label }: Stretch, hasCells: boolean): Piece[] {
  const column = pieces[from]?.column ?? 0;
  const isBlank = (index: number) => pieces[index]?.text === " ";
  const isLast = (index: number) => index === pieces.length - 1;
  let after = to;
  // At the end of the row none is left: its style is the masked text's.
  if (!label.startsWith(FILLING)) while (isBlank(after) && (isBlank(after + 1) || isLast(after))) after++;
  return [...pieces.slice(0, from), ...plainPieces(label, column, hasCells), ...pieces.slice(after)];
}

/** The cursor stays on its character; within a label it is at its beginning. */
function moveCursor(cursor: Cursor, row: MaskedRow | undefined): Cursor {
  if (!row?.isMasked) return cursor;
  let column = 0;
  for (const piece of row.pieces) {
    if (piece.column >= cursor.Col) break;
    column += Math.max(1, piece.cells.length);
  }
  return { ...cursor, Col: column };
}

function labelOf({ label = "masked" }: Mask): string {
  return `<${label}>`;
}

function globally(pattern: RegExp): RegExp {
  return pattern.global ? pattern : new RegExp(pattern.source, `${pattern.flags}g`);
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join("");
}
