import { CELL_COLOR, type Cell, graphemesByColumn } from "@cassette/format";
import { columnsOfText } from "@cassette/format/width";

/** One character of a row: its text, its cells, and its column, counted from 0. */
export interface Piece {
  text: string;
  /** Empty where the screen has no cells. */
  cells: readonly Cell[];
  column: number;
}

/** The characters of a row. Cells after the end of its text are blanks. */
export function piecesOf(text: string, cells: readonly Cell[] | undefined): Piece[] {
  if (cells === undefined) {
    let column = 0;
    return Array.from(text, (char) => {
      const piece = { text: char, cells: [], column };
      column += columnsOfText(char);
      return piece;
    });
  }
  return graphemesByColumn(cells, text).flatMap((grapheme, column, all) => {
    if (grapheme === undefined) return [];
    const isWide = column + 1 < all.length && all[column + 1] === undefined;
    return [{ text: grapheme, cells: cells.slice(column, column + (isWide ? 2 : 1)), column }];
  });
}

/** A text in the default style, in place of something. */
export function plainPieces(text: string, column: number, hasCells: boolean): Piece[] {
  return Array.from(text, (char) => ({ text: char, cells: hasCells ? [plainCell(char)] : [], column }));
}

/** A row of so many cells: what is too long is cut, what is too short ends in blanks. */
export function cellsOf(pieces: readonly Piece[], length: number): Cell[] {
  const cells = pieces.flatMap((piece) => piece.cells).slice(0, length);
  while (cells.length < length) cells.push(plainCell(" "));
  return cells;
}

function plainCell(char: string): Cell {
  const Char = char.codePointAt(0) ?? 0;
  return { Char, Mode: 0, FG: CELL_COLOR.defaultForeground, BG: CELL_COLOR.defaultBackground };
}
