import { CELL_MODE, type Cell, type Screen } from "@cassette/format";
import { type Condition, notYet, type Watched } from "./condition.js";
import type { WaitScope } from "./terminal.js";

/** A text that the program shows on the screen, or in one of its rows. Rows that wrap count as one as well. */
export function textCondition(wanted: string | RegExp, scope: WaitScope = "screen"): Condition {
  const text = typeof wanted === "string" ? JSON.stringify(wanted) : String(wanted);
  return {
    name: scope === "line" ? `a line with ${text}` : text,
    look: async (watched) => ((await isShown(wanted, scope, watched)) ? "met" : notYet(watched)),
  };
}

/** A screen that has not changed for a while, and a program to which nothing was done. It counts from the first output on. */
export function settledCondition(settledMs: number): Condition {
  return {
    name: `a rest of ${settledMs} ms`,
    look({ quietMs, hasPrinted, isOver }) {
      if (isOver || (hasPrinted && quietMs >= settledMs)) return "met";
      return { afterMs: hasPrinted ? settledMs - quietMs : Number.POSITIVE_INFINITY };
    },
  };
}

/** The end of the program. */
export const EXIT_CONDITION: Condition = {
  name: "the end of the program",
  look: (watched) => (watched.isOver ? "met" : notYet(watched)),
};

async function isShown(wanted: string | RegExp, scope: WaitScope, watched: Watched): Promise<boolean> {
  const screen = await watched.screen();
  const rows = watched.withoutEchoes(rowsToCursor(screen), screen.size.Cols);
  if (await isIn(wanted, scope, rows, watched)) return true;
  // Only its cells, which take long to read, say whether a row wraps.
  if (typeof wanted === "string" && !mayBeBroken(wanted, rows)) return false;
  return isIn(wanted, scope, joinWrapped(rows, await watched.screen({ cells: true })), watched);
}

/** Whether a text may be there, broken at the edge of the screen. */
function mayBeBroken(wanted: string, rows: readonly string[]): boolean {
  const packed = (text: string) => text.replace(/\s+/g, "");
  return packed(rows.join("")).includes(packed(wanted));
}

async function isIn(
  wanted: string | RegExp,
  scope: WaitScope,
  rows: readonly string[],
  watched: Watched,
): Promise<boolean> {
  const texts = scope === "line" ? rows : [rows.join("\n")];
  if (typeof wanted === "string") return texts.some((text) => text.includes(wanted));
  return watched.matches(wanted, texts);
}

/** Rows are trimmed; up to the cursor their blanks count. */
function rowsToCursor({ text, cursor }: Screen): string[] {
  return text.map((row, index) => (index === cursor.Row ? row.padEnd(cursor.Col) : row));
}

/** Joins each row that wraps with the next. */
function joinWrapped(rows: readonly string[], { cells = [] }: Screen): string[] {
  const lines: string[] = [];
  let isContinued = false;
  for (const [index, row] of rows.entries()) {
    const isWrapped = ((cells[index]?.at(-1)?.Mode ?? 0) & CELL_MODE.wrappedRow) !== 0;
    const text = isWrapped ? row.trimEnd() + blanksAtEnd(cells[index]) : row;
    if (isContinued) lines.push((lines.pop() ?? "") + text);
    else lines.push(text);
    isContinued = isWrapped;
  }
  return lines;
}

const BLANK = 0x20;

/** The blanks that end a row of cells, which its text has lost. */
function blanksAtEnd(cells: readonly Cell[] = []): string {
  return " ".repeat(cells.length - 1 - cells.findLastIndex(({ Char }) => Char !== BLANK));
}
