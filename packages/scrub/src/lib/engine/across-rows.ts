import { type ByteClass, byteClass, isIn, runEnd } from "./byte-class.js";
import { type Finder, several } from "./finder.js";
import type { Span } from "./hit.js";
import { endsRow, isOrdinaryRow, isRowEnd, looksRandom, nextRow, rowTextEnd } from "./row-join.js";
import { createSeeker } from "./seeker.js";
import { mergeSpans, type Stitched, stitch } from "./stitched.js";

/** What a finder may look at before its anchor. */
const CONTEXT = 42;
const FARTHEST = 600;
const MOST_ROWS = 8;
/** The same where each row holds nothing but a part of the value: session tokens have a thousand characters, in narrow panes. */
const FARTHEST_WHOLE = 6_000;
const MOST_WHOLE_ROWS = 200;
/** What is broken begins this near to the end of its row. */
const LONGEST_PIECE = 200;
const VALUE = byteClass("A-Z", "a-z", "0-9", ..."+/_.~=%-");
/** What is broken begins this near to its anchor. */
const FARTHEST_VALUE = 24;
/** What ends a value: its quote and what closes around it, or the next field of a URL. */
const CLOSING = /["'`][\])},;]{0,4}|&[\w%=&.~-]{1,200}/y;
const BLANKS = byteClass(" ", "\t");
/** No value goes on behind one of these: they end what is code. */
const ENDS_CODE = byteClass(..."{}(),;");
const QUOTES = byteClass(..."\"'`");
const SEPARATORS = byteClass(..."=:");
const OPENS_VALUE = byteClass(..."=:\"'`");

/** Some rows as one, without borders. */
interface Joined extends Stitched {
  /** Where it begins outside. */
  readonly start: number;
  /** Where in `text` the second row begins. */
  readonly firstJoin: number;
}

/** How a rule's finds are broken. */
interface AcrossRowsOptions {
  /** False if what was found whole in its row never goes on. */
  goesOn?: boolean;
  /** The rest of a value without quotes stands alone in its row: a word and the next line's time are not one value. */
  restAlone?: boolean;
  /** One of these follows the anchor where a value that is broken begins. */
  opensBy?: ByteClass;
}

/**
 * Lets a finder also see what a program or a box broke at row ends: where it finds nothing, or where what it finds ends its row
 * and the next row holds nothing but the rest.
 */
export function acrossRows(
  finder: Finder,
  { goesOn = true, restAlone = false, opensBy }: AcrossRowsOptions = {},
): Finder {
  const rowEnds = createSeeker(firstRowEnd);
  return {
    ...finder,
    find(text, at, anchor) {
      const inRow = finder.find(text, at, anchor);
      if (inRow.isSettled) return inRow;
      const end = inRow.spans.at(-1)?.[1];
      if (end !== undefined && !(goesOn && mayGoOn(text, end))) return inRow;
      const limit = Math.min(text.length, at + LONGEST_PIECE);
      const rowEnd = rowEnds.next(text, at, limit);
      if (rowEnd === limit && limit < text.length) return inRow;
      const anchorEnd = at + anchor.literal.length;
      if (end === undefined && !mayBreak(text, anchorEnd, rowEnd, opensBy)) return inRow;
      const joined = joinRows(text, at, end !== undefined);
      if (joined === null) return inRow;
      const finding = finder.find(joined.text, at - joined.start, anchor);
      const all = mergeSpans(finding.spans.flatMap(([start, end]) => joined.outer(start, end)));
      const spans = restAlone && !isQuoted(text, all) ? withoutOthers(text, all) : all;
      // Behind a name a row's end proves nothing (`Password:` and the next line), unless `=` begins the next row, or what stands
      // there looks random.
      const isOneValue =
        opensBy === undefined ||
        spans.length > 1 ||
        anchorEnd - joined.start > joined.firstJoin ||
        isIn(SEPARATORS, joined.text, joined.firstJoin) ||
        spans.some(([start, end]) => looksRandom(text.slice(start, end)));
      return isOneValue && spans.length > 0 ? several(spans, spans.at(-1)?.[1] ?? 0) : inRow;
    },
  };
}

/** The parts of a value up to the first that is a line of its own. */
function withoutOthers(text: string, spans: readonly Span[]): readonly Span[] {
  const other = spans.findIndex(([start], index) => index > 0 && !beginsWithRest(text, start));
  return other === -1 ? spans : spans.slice(0, other);
}

function isQuoted(text: string, spans: readonly Span[]): boolean {
  return isIn(QUOTES, text, (spans[0]?.[0] ?? 0) - 1);
}

/** Whether the row of an anchor ends in something that could be the first piece of its value. */
function mayBreak(text: string, anchorEnd: number, rowEnd: number, opensBy?: ByteClass): boolean {
  const end = rowTextEnd(text, rowEnd);
  if (end < anchorEnd) return true;
  if (end === anchorEnd) return isIn(opensBy ? OPENS_VALUE : VALUE, text, nextRow(text, end));
  if (isIn(ENDS_CODE, text, end - 1)) return false;
  const nearEnd = Math.min(end, anchorEnd + FARTHEST_VALUE);
  if (opensBy && !hasOneOf(opensBy, text, anchorEnd, nearEnd)) return false;
  return !hasOneOf(BLANKS, text, anchorEnd + FARTHEST_VALUE, end);
}

function hasOneOf(members: ByteClass, text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (isIn(members, text, at)) return true;
  return false;
}

function mayGoOn(text: string, end: number): boolean {
  const next = nextRow(text, end);
  return next !== -1 && beginsWithRest(text, next);
}

/** Whether a row begins with the rest of a value: it looks like one, or holds nothing else but what ends it. */
function beginsWithRest(text: string, start: number): boolean {
  const end = runEnd(VALUE, text, start, start + FARTHEST);
  if (end === start) return false;
  const rest = text.slice(start, end);
  if (isOrdinaryRow(rest)) return false;
  if (looksRandom(rest)) return true;
  CLOSING.lastIndex = end;
  CLOSING.test(text);
  return endsRow(text, Math.max(end, CLOSING.lastIndex));
}

/** The first end of a row in a range, else the end of the range. */
function firstRowEnd(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && !isRowEnd(text.charCodeAt(at))) at++;
  return at;
}

/** Where a row's text ends; a backslash behind a blank only says that it goes on. */
function continuedTextEnd(text: string, rowEnd: number): number {
  const end = rowTextEnd(text, rowEnd);
  if (text[end - 1] !== "\\") return end;
  const before = rowTextEnd(text, end - 1);
  return before < end - 1 ? before : end;
}

/** The row of `at` and those below; null if the row does not end nearby. @param wholeOnly only rows that hold one value. */
function joinRows(text: string, at: number, wholeOnly: boolean): Joined | null {
  const start = Math.max(0, at - CONTEXT);
  const limit = Math.min(text.length, at + (wholeOnly ? FARTHEST_WHOLE : FARTHEST));
  const mostRows = wholeOnly ? MOST_WHOLE_ROWS : MOST_ROWS;
  const pieces: Span[] = [];
  let pieceStart = start;
  let index = at + 1;
  while (index < limit && pieces.length < mostRows) {
    const rowEnd = firstRowEnd(text, index, limit);
    if (rowEnd === limit) {
      index = limit;
      break;
    }
    index = Math.max(index, continuedTextEnd(text, rowEnd));
    const next = nextRow(text, index);
    if (next === -1 || (wholeOnly && !beginsWithRest(text, next))) break;
    pieces.push([pieceStart, index]);
    pieceStart = next;
    index = next;
  }
  const [first] = pieces;
  if (first === undefined) return null;
  if (index > pieceStart) pieces.push([pieceStart, Math.min(index, limit)]);
  const { text: joined, outer } = stitch(text, pieces);
  return { text: joined, outer, start, firstJoin: first[1] - start };
}
