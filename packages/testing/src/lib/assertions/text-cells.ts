import { CELL_MODE, type Cell } from "@cassette/format";

/** One occurrence of a text, within one row. */
export interface TextPlace {
  /** Both counted from 0. */
  row: number;
  col: number;
  cells: Cell[];
}

/** Every occurrence of the text in one row, with its cells. */
export function findText(rows: readonly Cell[][], text: string): TextPlace[] {
  return rows.flatMap((cells, row) => findInRow(cells, text).map((place) => ({ row, ...place })));
}

function findInRow(cells: readonly Cell[], text: string): Omit<TextPlace, "row">[] {
  // Without the second halves of wide characters, which have no text.
  const drawn = [...cells.entries()].filter(([, cell]) => (cell.Mode & CELL_MODE.wideTail) === 0);
  const wanted = Array.from(text, (char) => char.codePointAt(0));
  if (wanted.length === 0) return [];
  return drawn.flatMap(([col], start) => {
    const slice = drawn.slice(start, start + wanted.length).map(([, cell]) => cell);
    const isThere = wanted.every((code, index) => charOf(slice[index]) === code);
    return isThere ? [{ col, cells: slice }] : [];
  });
}

/** An empty cell looks like a blank. */
function charOf(cell: Cell | undefined): number | undefined {
  return cell && (cell.Char || 0x20);
}
