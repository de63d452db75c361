import { CELL_COLOR, type Emulator, type TerminalSize } from "@cassette/format";

const TAB = 8;

/** An emulator of paper: it prints, returns, feeds lines, steps back and tabulates. Escape sequences it prints as they come. */
export function createLinePrinter(size: TerminalSize): Emulator {
  let { rows, cols } = size;
  let lines = blank(rows);
  let [row, col] = [0, 0];
  let decoder = new TextDecoder();
  let pendingBytes = 0;

  function feedLine(): void {
    row++;
    if (row < rows) return;
    lines = [...lines.slice(1), []];
    row = rows - 1;
  }

  function print(character: string): void {
    if (character === "\r") col = 0;
    else if (character === "\n") feedLine();
    else if (character === "\b") col = Math.max(0, Math.min(col, cols - 1) - 1);
    else if (character === "\t") col = Math.min(cols - 1, col + TAB - (col % TAB));
    else {
      if (col >= cols) {
        col = 0;
        feedLine();
      }
      const line = lines[row];
      if (line) line[col] = character;
      col++;
    }
  }

  return {
    identity: { name: "line-printer", version: "1" },
    async feed(bytes) {
      for (const byte of bytes) {
        const text = decoder.decode(Uint8Array.of(byte), { stream: true });
        pendingBytes = text === "" ? pendingBytes + 1 : 0;
        for (const character of text) print(character);
      }
    },
    resize(next) {
      ({ rows, cols } = next);
      lines = [...lines, ...blank(rows)].slice(0, rows);
      [row, col] = [Math.min(row, rows - 1), Math.min(col, cols)];
    },
    snapshot({ cells = false } = {}) {
      const at = (line: string[], index: number) => line[index] ?? " ";
      const grid = lines.map((line) => Array.from({ length: cols }, (_, index) => at(line, index)));
      const toCell = (character: string) => ({
        Char: character.codePointAt(0) ?? 0x20,
        Mode: 0,
        FG: CELL_COLOR.defaultForeground,
        BG: CELL_COLOR.defaultBackground,
      });
      return {
        size: { Rows: rows, Cols: cols },
        text: grid.map((line) => line.join("").replace(/ +$/, "")),
        ...(cells && { cells: grid.map((line) => line.map(toCell)) }),
        cursor: { Row: row, Col: Math.min(col, cols - 1), Visible: true },
        title: "",
        alternate: false,
      };
    },
    get pendingBytes() {
      return pendingBytes;
    },
    takeReplies: () => [],
    synchronized: false,
    close() {
      decoder = new TextDecoder();
    },
  };
}

function blank(rows: number): string[][] {
  return Array.from({ length: rows }, () => []);
}
