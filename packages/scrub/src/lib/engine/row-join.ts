import { isMixedCase, isOrdinaryRow } from "../lexicon/word-classes.js";
import { type ByteClass, byteClass, isIn, runEnd } from "./byte-class.js";

/** Stands in a view where the cursor moved: what is on both sides may or may not be neighbours on the screen. */
const MOVED = "\0";

// From the last character of a row to the first of the next: blanks, vertical lines of boxes (also as UTF-8), a line end, continued by a backslash or not.
const BORDER = String.raw`(?:[ \t|]|\xe2[\x94-\x96][\x80-\xbf]){0,160}`;
/** A pager asks at the end of a page and then writes the next row over its question. */
const PROMPT = String.raw`(?:(?::|\(END\)|--More--(?:\(\d{1,3}%\))?)[\r\0]{1,3})?`;
const JOIN = new RegExp(`${BORDER}\\\\?(?:\\r{0,3}\\n\\r?|\\r|\\0)${PROMPT}${BORDER}`, "y");
const ROW_END = new RegExp(`${BORDER}(?:[\\r\\n\\0]|$)`, "y");
const LONGEST_BORDER = 160;

/** Where the next row's text begins if the row's text ends at `at`, else -1. */
export function nextRow(text: string, at: number): number {
  // Mostly a line feed and a character; an expression takes ten times as long.
  const lineFeed = text.charCodeAt(at) === 0x0d ? at + 1 : at;
  if (text.charCodeAt(lineFeed) === 0x0a && !mayBeSkipped(text, lineFeed + 1)) return lineFeed + 1;
  JOIN.lastIndex = at;
  return JOIN.test(text) ? JOIN.lastIndex : -1;
}

/** What a row may begin with before its text: blanks, vertical lines, another carriage return. */
const SKIPPED = byteClass(" ", "\t", "|", "\xe2", "\r");
const [COLON, PARENTHESIS, HYPHEN] = [0x3a, 0x28, 0x2d];
const ENDS_QUESTION = byteClass("\r", "\0");

/** Whether something is there that may not be the row's text: also a pager's question. */
function mayBeSkipped(text: string, at: number): boolean {
  if (isIn(SKIPPED, text, at)) return true;
  const code = text.charCodeAt(at);
  if (code === COLON) return isIn(ENDS_QUESTION, text, at + 1);
  return code === PARENTHESIS ? text[at + 1] === "E" : code === HYPHEN && text[at + 1] === "-";
}

/** Whether nothing but a border follows on the row. */
export function endsRow(text: string, at: number): boolean {
  ROW_END.lastIndex = at;
  return ROW_END.test(text);
}

/** Where the text of the row that ends at `lineEnd` ends, its right border left out. */
export function rowTextEnd(text: string, lineEnd: number): number {
  let end = lineEnd;
  for (let steps = 0; steps < LONGEST_BORDER; steps++) {
    const width = borderBefore(text, end);
    if (width === 0) break;
    end -= width;
  }
  return end;
}

/** Where a row's text ends; a backslash only says that it goes on. */
export function continuedTextEnd(text: string, rowEnd: number): number {
  const end = rowTextEnd(text, rowEnd);
  return text[end - 1] === "\\" ? rowTextEnd(text, end - 1) : end;
}

function borderBefore(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  if (last === 0x20 || last === 0x09 || last === 0x7c) return 1;
  if (!(last >= 0x80 && last <= 0xbf) || text.charCodeAt(end - 3) !== 0xe2) return 0;
  const middle = text.charCodeAt(end - 2);
  return middle >= 0x94 && middle <= 0x96 ? 3 : 0;
}

/** What ends a row or may do so. */
export const ROW_ENDS: readonly string[] = ["\n", "\r", MOVED];

/** Whether a byte is one of {@link ROW_ENDS}. */
export function isRowEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x00;
}

const TIME = /\d{4}-\d\d-\d\d|\d\d:\d\d/y;

/** Whether a line of a log begins there: nothing goes on with a time. */
export function beginsLog(text: string, at: number): boolean {
  TIME.lastIndex = at;
  return TIME.test(text);
}

/** The first end of a row in a range, else the end of the range. */
export function firstRowEnd(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && !isRowEnd(text.charCodeAt(at))) at++;
  return at;
}

/** No screen or pane that is narrower shows commands. */
const NARROWEST = 40;
const WIDEST = 400;
/** Bytes by which rows of one width differ: characters of several, words that did not fit. */
const SLACK = 8;

/** Whether a row whose text ends at `at` is so wide, and the next no wider, that the screen may have broken it there. */
export function fillsRow(text: string, at: number): boolean {
  const next = nextRow(text, at);
  const width = next === -1 ? 0 : at - rowStart(text, at);
  if (width < NARROWEST) return false;
  const nextStart = rowStart(text, next);
  const limit = Math.min(text.length, nextStart + width + SLACK + LONGEST_BORDER);
  return rowTextEnd(text, firstRowEnd(text, next, limit)) - nextStart <= width + SLACK;
}

/** Where the row of a position begins, or so far before it as no row is wide. */
function rowStart(text: string, at: number): number {
  const limit = Math.max(0, at - WIDEST);
  let start = at;
  while (start > limit && !isRowEnd(text.charCodeAt(start - 1))) start--;
  return start;
}

/** What ends a value: padding, a tag, its quote and what closes around it, the next field of a URL, signs of a password. */
const CLOSING = /={0,3}(?:<\/[\w:.-]{1,64}>|["'`][\])},;]{0,4}|&[\w%=&.~-]{1,200}|[!?$#@^*,;)]{1,8})?/y;
/** The next attribute of a cookie. */
const NEXT_ATTRIBUTE = /; ?[\w-]{1,64}[=;\r\n]/y;
/** No row of a screen is wider. */
const WIDEST_ROW = 600;

/**
 * The one policy for a value that reaches the end of its row and could go on in the next: whether that row begins with its rest.
 * It does if it is mixed as chance mixes letters, or holds nothing else that a line of its own would.
 * @param of what the value is made of.
 */
export function beginsWithRest(text: string, start: number, of: ByteClass): boolean {
  const end = runEnd(of, text, start, start + WIDEST_ROW);
  if (end === start) return false;
  const rest = text.slice(start, end);
  if (isOrdinaryRow(rest)) return false;
  return isMixedCase(rest) || isAt(NEXT_ATTRIBUTE, text, end) || isAlone(text, end);
}

/** Whether nothing comes after a value in its row but what closes it. */
export function isAlone(text: string, end: number): boolean {
  return endsRow(text, isAt(CLOSING, text, end) ? CLOSING.lastIndex : end);
}

function isAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
