import type { Screen } from "@cassette/format";
import { findPromptWord } from "./prompt-words.js";
import { columnsOf } from "./row-cells.js";

/** Where a secret is typed on a screen. */
export interface PromptField {
  /** Row and column of the first character typed, counted from 0. */
  readonly row: number;
  readonly col: number;
  /** The row's text before it. */
  readonly label: string;
  /** Rows in which its echo may appear besides: of a program that draws a cursor of its own. */
  readonly otherRows: readonly number[];
  /** It is in the frame of a dialog, which is drawn out of order and vanishes. */
  readonly isFramed: boolean;
  /** Only a mask proves that a secret is typed: what is above or near names one, but does not end as a prompt does. */
  readonly needsMask: boolean;
}

/** Frames of dialogs. */
const FRAME = "\u2500-\u257f\u2580-\u259f";
/** What programs show in the place of keys, for a class of a regular expression. */
export const MASK_SIGNS = "*\u2022\u25cf\u25aa\u00b7\u25cb\u25a0\u25cf\u2217\u22c6\u2605#\u2588";
const BLANK = "\\s_.\u00b7";
/** Right of the cursor: nothing, an empty field or a placeholder in brackets, and after a frame anything. */
const EMPTY_RIGHT = new RegExp(`^[${BLANK}]*(?:[[(<][^\\])>]*[\\])>]|[${FRAME}].*)?$`, "u");
const MASKED_END = new RegExp(`[${MASK_SIGNS}\\s]*$`, "u");
/** How a prompt ends. */
const PROMPT_END = /[:?>=\])}：？»›❯…]$/u;
/** A row that holds nothing but the sign of a field, and what is masked of it. */
const EMPTY_FIELD = new RegExp(`^\\s*(?:[>❯›»?➜]\\s*)?[${MASK_SIGNS}]*\\s*$`, "u");
const FRAMED_FIELD = new RegExp(`[${FRAME}][${BLANK}${MASK_SIGNS}]*$`, "u");
const LONGEST_PROMPT = 240;

/** Finds the field of a prompt for a secret at the cursor; null if there is none. */
export function findPromptField(screen: Screen): PromptField | null {
  const { Row: row, Col: col } = screen.cursor;
  const text = screen.text[row] ?? "";
  const cols = screen.size.Cols;
  if (!EMPTY_RIGHT.test(columnsOf(text, col, Math.max(cols, col)).trimEnd())) return null;
  const label = columnsOf(text, 0, col);
  const field = { row, col, label, otherRows: [], isFramed: false, needsMask: false };
  if (endsWithPrompt(`${wrappedAbove(screen, row)}${label}`)) return field;
  if (screen.cursor.Visible && FRAMED_FIELD.test(label) && isPromptNear(screen, row))
    return { ...field, isFramed: true };
  if (!EMPTY_FIELD.test(label) || screen.text.slice(row + 1).some((below) => below.trim() !== ""))
    return null;
  return fieldBelow(screen, field);
}

/** The field in a row of its own, below the row that names it. */
function fieldBelow(screen: Screen, field: PromptField): PromptField | null {
  const { row } = field;
  const labelRow = promptAbove(screen, row);
  if (labelRow !== null) {
    const asks = PROMPT_END.test((screen.text[labelRow] ?? "").trimEnd().replace(MASKED_END, ""));
    return { ...field, otherRows: [labelRow], needsMask: !asks };
  }
  if (screen.cursor.Visible || !isPromptNear(screen, row)) return null;
  return { ...field, otherRows: rowsAbove(row), needsMask: true };
}

/** A long prompt wraps: the rows before it that are full to the last column. */
function wrappedAbove({ text, size }: Screen, row: number): string {
  let above = "";
  for (let at = row - 1; at >= 0 && at >= row - 2; at--) {
    const cells = columnsOf(text[at] ?? "", 0, size.Cols);
    if (/\s$/u.test(cells)) break;
    above = cells + above;
  }
  return above;
}

/** Whether a text ends with a prompt for a secret and nothing but masks. */
export function endsWithPrompt(label: string): boolean {
  const text = label.slice(-LONGEST_PROMPT);
  const word = findPromptWord(text);
  if (word === null) return false;
  const tail = text.normalize("NFC").slice(word.end);
  if (/^[^\p{L}\p{N}]*$/u.test(tail)) return true;
  return PROMPT_END.test(tail.replace(MASKED_END, ""));
}

function rowsAbove(row: number): number[] {
  return [1, 2, 3].map((distance) => row - distance).filter((above) => above >= 0);
}

function isPromptNear({ text }: Screen, row: number): boolean {
  return rowsAbove(row).some((above) => findPromptWord(text[above] ?? "") !== null);
}

/** The row above that ends with the word for a secret. */
function promptAbove({ text }: Screen, row: number): number | null {
  for (let at = row - 1; at >= 0 && at >= row - 2; at--) {
    const above = (text[at] ?? "").trimEnd();
    if (above === "") continue;
    return endsWithPrompt(above) ? at : null;
  }
  return null;
}
