import type { Cell, TerminalSize } from "@cassette/format";
import { trimTrailingSpaces } from "../trim-trailing-spaces.js";
import { HAS_EXTENDED, IS_COMBINED, WORDS_PER_CELL } from "./cell-words.js";
import { type InternalLine, internalsOf } from "./internals.js";
import type { Terminal } from "./library.js";
import { readCells } from "./read-cells.js";

/** Reads the rows of a screen. Those that have not changed since they were read are the same objects. */
export interface RowReader {
  text(size: TerminalSize): string[];
  cells(size: TerminalSize): Cell[][];
  /** Whether a row may have clusters, links or other underlines than plain ones. */
  hasMore(row: number, cols: number): boolean;
}

/** A row as it was read. */
interface KnownRow {
  /** The line's words then. */
  readonly words: Uint32Array;
  text?: string;
  cells?: Cell[];
  /** Whether the row below continued this one when its cells were read. */
  isContinued?: boolean;
}

/** Makes a reader of a terminal's screen. It remembers a row for each of the library's lines. */
export function createRowReader(terminal: Terminal): RowReader {
  const buffers = internalsOf(terminal)?._bufferService.buffers;
  const known = new WeakMap<InternalLine, KnownRow>();

  /** What is known of a row; null if its line has more than its words. */
  function knownRow(row: number, cols: number): KnownRow | null {
    const line = buffers?.active.lines.get(buffers.active.ybase + row);
    if (line === undefined) return null;
    const before = known.get(line);
    const length = cols * WORDS_PER_CELL;
    if (before !== undefined && hasWords(line._data, before.words, length)) return before;
    const words = line._data.slice(0, length);
    if (words.length < length || hasMore(words)) return null;
    const read: KnownRow = { words };
    known.set(line, read);
    return read;
  }

  return {
    text({ rows, cols }) {
      const buffer = terminal.buffer.active;
      const read = (row: number) => {
        const line = buffer.getLine(buffer.baseY + row);
        return line === undefined ? "" : trimTrailingSpaces(line.translateToString(true, 0, cols));
      };
      return Array.from({ length: rows }, (_, row) => {
        const found = knownRow(row, cols);
        if (found === null) return read(row);
        found.text ??= read(row);
        return found.text;
      });
    },
    cells({ rows, cols }) {
      const buffer = terminal.buffer.active;
      return Array.from({ length: rows }, (_, row) => {
        const isContinued = row + 1 < rows && buffer.getLine(buffer.baseY + row + 1)?.isWrapped === true;
        const found = knownRow(row, cols);
        if (found?.cells !== undefined && found.isContinued === isContinued) return found.cells;
        const cells = readCells(buffer, row, cols, isContinued);
        if (found !== null) Object.assign(found, { cells, isContinued });
        return cells;
      });
    },
    hasMore: (row, cols) => knownRow(row, cols) === null,
  };
}

function hasWords(data: Uint32Array, words: Uint32Array, length: number): boolean {
  if (words.length !== length || data.length < length) return false;
  for (let at = 0; at < length; at++) if (data[at] !== words[at]) return false;
  return true;
}

/** Whether a cell has several code points or a style beside its words. */
function hasMore(words: Uint32Array): boolean {
  for (let at = 0; at < words.length; at += WORDS_PER_CELL) {
    if (((words[at] ?? 0) & IS_COMBINED) !== 0 || ((words[at + 2] ?? 0) & HAS_EXTENDED) !== 0) return true;
  }
  return false;
}
