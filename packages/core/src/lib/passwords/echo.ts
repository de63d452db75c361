import type { Screen } from "@cassette/format";
import type { PromptField } from "./prompt-field.js";
import { columnsOf, rowCells } from "./row-cells.js";

/**
 * What a program has shown of keys: nothing; a mask, one repeated character; the keys themselves; or something else, perhaps
 * half drawn.
 */
export type Echo = "none" | "mask" | "self" | "other";

/** A mask takes at most this many columns for each key. */
const MOST_COLUMNS = 3;
/** A clock, a hint or a meter may change beside the field. */
const MOST_OTHER_ROWS = 1;
/** Characters that programs draw as their own cursor. */
const CURSOR_SIGNS = new Set(["_", "\u2588", "\u258f", "\u258c"]);

/**
 * Compares a screen with the screen before the first key.
 * @param typed the printable keys typed since, in order.
 */
export function echoOf(field: PromptField, before: Screen, now: Screen, typed: string): Echo {
  if (showsTyped(field, before, now, typed)) return "self";
  const rows = new Set([field.row, ...field.otherRows]);
  const others = before.text.filter((row, index) => !rows.has(index) && row !== (now.text[index] ?? ""));
  if (others.length > MOST_OTHER_ROWS || now.text.length !== before.text.length) return "other";
  const echoes = [...rows].map((row) => echoInRow(field, row, before, now, typed));
  for (const echo of ["self", "other", "mask"] as const) if (echoes.includes(echo)) return echo;
  return "none";
}

/** Whether a row shows the prompt followed by the keys in clear, some of which may be corrected or still missing. */
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

/** Whether a screen still has the prompt with nothing but a mask after it, on any row. */
export function showsAnsweredPrompt({ label, col }: PromptField, now: Screen): boolean {
  if (label.trim() === "") return false;
  return now.text.some((row) => {
    if (columnsOf(row, 0, col) !== label) return false;
    return new Set(columnsOf(row, col, rowCells(row).length).trim()).size <= 1;
  });
}

/** Whether a text is not a mask: it has a letter or a digit, or different characters. */
function isClear(shown: string): boolean {
  return /[\p{L}\p{N}]/u.test(shown) || new Set(shown).size > 1;
}

function echoInRow(field: PromptField, row: number, before: Screen, now: Screen, typed: string): Echo {
  const [was, is] = [before.text[row] ?? "", now.text[row] ?? ""];
  if (was === is) return "none";
  const start = row === field.row ? field.col : 0;
  if (columnsOf(is, 0, start) !== columnsOf(was, 0, start)) return "other";
  const old = rowCells(was);
  const changed = rowCells(is)
    .map((cell, index) => ({ cell, was: old[index] ?? " " }))
    .slice(start)
    .filter(({ cell, was }) => cell !== was && cell !== "")
    .map(({ cell }) => cell)
    .filter((cell) => cell.trim() !== "" && !CURSOR_SIGNS.has(cell));
  const signs = new Set(changed);
  if (signs.size > 1 || changed.length > MOST_COLUMNS * Math.max(1, [...typed].length)) return "other";
  const [sign] = signs;
  if (sign === undefined) return "none";
  return isClear(sign) && typed.startsWith(sign) ? "self" : "mask";
}
