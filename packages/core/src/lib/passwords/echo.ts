import type { Screen } from "@cassette/format";
import { MASK_SIGNS, type PromptField } from "./prompt-field.js";
import { columnsOf, rowCells } from "./row-cells.js";

/**
 * What a program has shown of keys: nothing; a mask, one repeated sign; the keys themselves; or something else, which may be
 * half drawn.
 */
export type Echo = "none" | "mask" | "self" | "other";

/** A mask takes no more columns a key than this. */
const MOST_COLUMNS = 3;
/** A clock, a hint or a meter may change beside the field. */
const MOST_OTHER_ROWS = 1;
/** Shells end their prompts with these; no program masks with them. */
const SHELL_SIGNS = new Set(["$", "%", ">"]);
/** What a program draws as its own cursor. */
const CURSOR_SIGNS = new Set(["_", "\u2588", "\u258f", "\u258c"]);

/**
 * Compares a screen with the screen before the first key.
 * @param typed the printable keys typed since, in order.
 */
export function echoOf(field: PromptField, before: Screen, now: Screen, typed: string): Echo {
  if (showsTyped(field, before, now, typed) || isEdited(field, before, now, typed)) return "self";
  const rows = new Set([field.row, ...field.otherRows]);
  const others = before.text.filter((row, index) => !rows.has(index) && row !== (now.text[index] ?? ""));
  if (others.length > MOST_OTHER_ROWS || now.text.length !== before.text.length) return "other";
  const echoes = [...rows].map((row) => echoInRow(field, row, before, now, typed));
  for (const echo of ["self", "other", "mask"] as const) if (echoes.includes(echo)) return echo;
  return "none";
}

/** Whether a row shows the prompt with keys after it in clear, some of which may be corrected or to come. */
function showsTyped(
  { label, col, otherRows }: PromptField,
  before: Screen,
  now: Screen,
  typed: string,
): boolean {
  return now.text.some((row, index) => {
    if (otherRows.includes(index) || columnsOf(row, 0, col) !== label || before.text.includes(row))
      return false;
    const [shown = ""] = columnsOf(row, col, rowCells(row).length).split(/\s{2}|[\u2500-\u257f]/u);
    return isClear(shown) && [...shown.trim()].every((sign) => typed.includes(sign));
  });
}

/** Whether an editor shows the keys on any row: a line of a file may have looked like a prompt while the screen was drawn. */
function isEdited({ isFramed }: PromptField, before: Screen, now: Screen, typed: string): boolean {
  const text = typed.trim();
  if (!before.alternate || !now.alternate || isFramed || text.length < 2) return false;
  return now.text.some((row) => row.includes(text) && !before.text.includes(row));
}

/** The last row that has the prompt with nothing but a mask after it; -1 if there is none. */
export function answeredRow({ label, col }: PromptField, now: Screen): number {
  if (label.trim() === "") return -1;
  return now.text.findLastIndex((row) => {
    if (columnsOf(row, 0, col) !== label) return false;
    return new Set(columnsOf(row, col, rowCells(row).length).trim()).size <= 1;
  });
}

/** Whether the cursor has left the field. */
export function hasCursorMoved({ row, col }: PromptField, { cursor }: Screen): boolean {
  return cursor.Visible && (cursor.Row !== row || cursor.Col !== col);
}

/** Whether something that is shown is no mask: it has a letter or a digit, or signs that differ. */
export function isClear(shown: string): boolean {
  return /[\p{L}\p{N}]/u.test(shown) || new Set(shown).size > 1;
}

function echoInRow(field: PromptField, row: number, before: Screen, now: Screen, typed: string): Echo {
  const [was, is] = [before.text[row] ?? "", now.text[row] ?? ""];
  if (was === is) return "none";
  const start = row === field.row ? field.col : 0;
  if (columnsOf(is, 0, start) !== columnsOf(was, 0, start)) return "other";
  const changed = changedCells(was, is, start).filter(
    (cell) => cell.trim() !== "" && !CURSOR_SIGNS.has(cell),
  );
  if (new Set(changed).size > 1 || changed.length > MOST_COLUMNS * Math.max(1, [...typed].length))
    return "other";
  if (changed[0] === "#" && isShellPrompt(row, now)) return "other";
  return echoOfSign(changed.join(""), typed, field);
}

/** Whether the cursor is where the shell of a superuser reads: a blank after its sign. A mask has none. */
function isShellPrompt(row: number, { text, cursor }: Screen): boolean {
  return cursor.Row === row && columnsOf(text[row] ?? "", 0, cursor.Col).endsWith("# ");
}

/** Cells from a column on that differ from those before. */
function changedCells(was: string, is: string, start: number): string[] {
  const old = rowCells(was);
  return rowCells(is)
    .map((cell, index) => ({ cell, was: old[index] ?? " " }))
    .slice(start)
    .filter(({ cell, was }) => cell !== was && cell !== "")
    .map(({ cell }) => cell);
}

/** @param shown one sign, perhaps repeated. */
function echoOfSign(shown: string, typed: string, field: PromptField): Echo {
  const [sign = ""] = shown;
  if (SHELL_SIGNS.has(sign)) return "other";
  if (isClear(sign)) {
    if (typed.includes(sign)) return "self";
    // A clock or the number of a column counts on; few programs mask with a letter.
    if (field.needsMask || /\p{N}/u.test(sign)) return "other";
  }
  return mayBeNoMask(shown, typed) ? "none" : "mask";
}

/** Whether signs may be the first keys, a quotation mark for example; or, alone, the prompt of a pager or a key typed earlier. */
function mayBeNoMask(shown: string, typed: string): boolean {
  return typed.startsWith(shown) || (shown.length === 1 && !MASK_SIGNS.includes(shown));
}
