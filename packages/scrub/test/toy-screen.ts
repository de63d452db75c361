import type { CellProvenance, TerminalSize } from "@cassette/format";

/** A cell: what is there, and the offset of the byte that painted it. */
interface ToyCell {
  char: string;
  offset: number;
}

/** A small terminal that remembers where each cell came from: only what the tests' ways of hiding need. */
export interface ToyScreen extends CellProvenance {
  rows(): string[];
  cells(): (ToyCell | null)[][];
}

/** One thing of a stream: an escape sequence, a string, a control or a character; as bytes in Latin-1. */
const ITEM =
  /\x1b\[([0-?]*)[ -/]*([@-~])|\x1b[\]PX^_](?:[^\x07\x1b]|\x1b\x1b|\x1b[^\x1b\\])*(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1b(.)|[\xf0-\xf4][\x80-\xbf]{3}|[\xe0-\xef][\x80-\xbf]{2}|[\xc2-\xdf][\x80-\xbf]|[\s\S]/g;
const ZERO_WIDTH = /^[\u200b-\u200f\u2060\ufeff\u00ad]$/;

/** Makes a toy screen. What is fed at once must not end inside of a sequence or a character. */
export function createToyScreen({ rows, cols }: TerminalSize): ToyScreen {
  let grid = blank(rows, cols);
  let saved: (ToyCell | null)[][] | null = null;
  let [row, col] = [0, 0];
  let fed = 0;
  let last: ToyCell | null = null;

  function lineFeed(): void {
    if (row < rows - 1) row++;
    else grid = [...grid.slice(1), ...blank(1, cols)];
  }

  function print(cell: ToyCell): void {
    if (col === cols) {
      col = 0;
      lineFeed();
    }
    const line = grid[row];
    if (line) line[col] = cell;
    col++;
    last = cell;
  }

  function control(code: string): void {
    if (code === "\r") col = 0;
    else if (code === "\n") lineFeed();
    else if (code === "\b") col = Math.max(0, col - 1);
    else if (code === "\t") col = Math.min(cols - 1, (col + 8) & ~7);
  }

  function sequence(params: string, final: string): void {
    const [first = 0, second = 0] = params.split(";").map(Number);
    const count = Math.max(1, first);
    if (final === "A") row = Math.max(0, row - count);
    else if (final === "B") row = Math.min(rows - 1, row + count);
    else if (final === "C") col = Math.min(cols - 1, col + count);
    else if (final === "D") col = Math.max(0, col - count);
    else if (final === "G") col = Math.min(cols, count) - 1;
    else if (final === "H") [row, col] = [Math.min(rows, count) - 1, Math.min(cols, Math.max(1, second)) - 1];
    else if (final === "K") grid[row]?.fill(null, first === 0 ? col : 0, first === 1 ? col + 1 : cols);
    else if (final === "J") grid = blank(rows, cols);
    else if (final === "b" && last) for (let times = 0; times < count; times++) print(last);
    else if (params === "?1049") switchTo(final);
  }

  function switchTo(final: string): void {
    if (final === "h") [saved, grid] = [grid, blank(rows, cols)];
    else if (saved) [grid, saved] = [saved, null];
  }

  return {
    async feed(bytes) {
      const text = Buffer.from(bytes).toString("latin1");
      for (const match of text.matchAll(ITEM)) {
        const [item, params, final] = match;
        const char = Buffer.from(item, "latin1").toString();
        if (final !== undefined) sequence(params ?? "", final);
        else if (item.length === 1 && item < " ") control(item);
        else if (item[0] !== "\x1b" && item !== "\x7f" && !ZERO_WIDTH.test(char)) {
          print({ char, offset: fed + match.index });
        }
      }
      fed += bytes.length;
    },
    resize() {},
    offsets: () => grid.map((line) => line.map((cell) => cell?.offset ?? null)),
    cells: () => grid.map((line) => [...line]),
    rows: () => grid.map((line) => line.map((cell) => cell?.char ?? " ").join("")),
    close() {},
  };
}

function blank(rows: number, cols: number): (ToyCell | null)[][] {
  return Array.from({ length: rows }, () => new Array<ToyCell | null>(cols).fill(null));
}
