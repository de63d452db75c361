import { isAlphanumeric, isMixedCase } from "../lexicon/word-classes.js";
import { ALNUM, type ByteClass, byteClass, isIn, runEnd } from "./byte-class.js";
import { type Finder, type Finding, several } from "./finder.js";
import type { Span } from "./hit.js";
import {
  beginsLog,
  beginsWithRest,
  continuedTextEnd,
  endsRow,
  fillsRow,
  firstRowEnd,
  isAlone,
  nextRow,
  rowTextEnd,
} from "./row-join.js";
import { createSeeker } from "./seeker.js";
import { mergeSpans, type Stitched, stitch } from "./stitched.js";

/** What a finder may look at before its anchor. */
const CONTEXT = 42;
const FARTHEST = 600;
/** No pane that shows names and values has fewer columns; the first row may begin anywhere. */
const NARROWEST = 8;
/** The same where each row holds nothing but a part of the value: session tokens have a thousand characters, in narrow panes. */
const FARTHEST_WHOLE = 6_000;
const MOST_ROWS = { rest: 200, full: 4, any: 8 };
/** What is broken begins this near to the end of its row. */
const LONGEST_PIECE = 200;
const VALUE = byteClass("A-Z", "a-z", "0-9", ..."+/_.~=%-");
/** What is broken begins this near to its anchor. */
const FARTHEST_VALUE = 24;
/** No secret in its place is shorter; what is left of a line that was taken for more may be. */
const SHORTEST_VALUE = 6;
const BLANKS = byteClass(" ", "\t");
/** No value goes on after one of these: they end what is code. */
const ENDS_CODE = byteClass(..."{}(),;");
const QUOTES = byteClass(..."\"'`");
/** What is between a name and its value. */
const SEPARATOR = /["'`]?\]?[ \t]{0,4}[=:>]/y;

/** Some rows as one, without borders. */
interface Joined extends Omit<Stitched, "inner"> {
  /** Where it begins outside. */
  readonly start: number;
  /** Where in `text` the second row begins. */
  readonly firstJoin: number;
}

/** How a rule's finds are broken. */
interface AcrossRowsOptions {
  /** False if what was found whole in its row never goes on. */
  goesOn?: boolean;
  /** The rest of a value without quotes is alone in its row: a word and the next line's time are not one value. */
  restAlone?: boolean;
  /** One of these follows the anchor where a value that is broken begins. */
  opensBy?: ByteClass;
  /** What the next row begins with where the anchor ends its own. */
  rowOpensBy?: ByteClass;
  /** The anchor alone says that a value follows, be it in the next row: it is no name or word. */
  isSure?: boolean;
  /**
   * Other things may be between the anchor and its value, so that only rows are followed which the screen may have broken, and
   * only if the rest of the anchor's row looks like what comes before a value.
   */
  before?: RegExp;
}

/**
 * Lets a finder also see what a program or a box broke at row ends: where it finds nothing, or where what it finds ends its row
 * and the next row holds nothing but the rest.
 */
export function acrossRows(finder: Finder, options: AcrossRowsOptions = {}): Finder {
  const { goesOn = true, restAlone = false, isSure = false, before } = options;
  const rowEnds = createSeeker(firstRowEnd);

  /** The rows in which more may be than what was found in the first; null if there are none. */
  function rowsFor(text: string, at: number, anchorEnd: number, inRow: Finding): Joined | null {
    const end = inRow.spans.at(-1)?.[1];
    if (inRow.isSettled || (end !== undefined && !(goesOn && mayGoOn(text, end)))) return null;
    const limit = Math.min(text.length, at + LONGEST_PIECE);
    const rowEnd = rowEnds.next(text, at, limit);
    if (rowEnd === limit && limit < text.length) return null;
    if (end !== undefined) return joinRows(text, at, "rest");
    return mayBreak(text, anchorEnd, rowEnd, options) ? joinRows(text, at, before ? "full" : "any") : null;
  }

  /** Whether what is in rows, some of it perhaps in the second only, belongs to the anchor. */
  function isOneValue(text: string, spans: readonly Span[], anchorEnd: number, joined: Joined): boolean {
    const joinedAt = joined.start + joined.firstJoin;
    const [[start, end] = [0, 0]] = spans;
    if (isSure || spans.length > 1 || anchorEnd > joinedAt) return true;
    const value = text.slice(start, end);
    const isWhole = isAlone(text, end);
    if (isMixedCase(value) && (isWhole || !/[.-]/.test(value))) return true;
    // Some of what comes before the value is in its row: an option, a separator.
    const beginsRow = start === nextRow(text, joinedAt);
    if (before !== undefined && !beginsRow) return true;
    if (beginsWith(SEPARATOR, joined.text, joined.firstJoin)) return true;
    // After a name or an option a row's end proves nothing (`Password:` and the next line).
    return isAlphanumeric(value) && (before !== undefined || (isWhole && fillsRow(text, joinedAt)));
  }

  return {
    ...finder,
    find(text, at, anchor) {
      const inRow = finder.find(text, at, anchor);
      const anchorEnd = at + anchor.literal.length;
      const joined = rowsFor(text, at, anchorEnd, inRow);
      if (joined === null) return inRow;
      const finding = finder.find(joined.text, at - joined.start, anchor);
      const all = mergeSpans(finding.spans.flatMap(([start, end]) => joined.outer(start, end)));
      const spans = restAlone && !isQuoted(text, all) ? withoutOthers(text, all) : all;
      const last = spans.at(-1)?.[1] ?? 0;
      if (spans.length === 0) return inRow;
      // Without the lines that are none of its rest: what is in its row alone was looked at there.
      const isInRow = last <= joined.start + joined.firstJoin;
      if (spans.length < all.length && (isInRow || lengthOf(spans) < SHORTEST_VALUE)) return inRow;
      return isOneValue(text, spans, anchorEnd, joined) ? several(spans, last) : inRow;
    },
  };
}

/** The parts of a value up to the first that is a line of its own. */
function withoutOthers(text: string, spans: readonly Span[]): readonly Span[] {
  const other = spans.findIndex(([start], index) => index > 0 && !beginsWithRest(text, start, VALUE));
  return other === -1 ? spans : spans.slice(0, other);
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, [start, end]) => sum + end - start, 0);
}

function isQuoted(text: string, spans: readonly Span[]): boolean {
  return isIn(QUOTES, text, (spans[0]?.[0] ?? 0) - 1);
}

/** Whether the row of an anchor ends in something that could be the first piece of its value. */
function mayBreak(
  text: string,
  anchorEnd: number,
  rowEnd: number,
  { opensBy, rowOpensBy = VALUE, before }: AcrossRowsOptions,
): boolean {
  // Mostly the anchor is a word of a sentence.
  if (!before && isBeforeWord(text, anchorEnd + FARTHEST_VALUE, rowEnd)) return false;
  const end = continuedTextEnd(text, rowEnd);
  if (end < anchorEnd) return !opensBy || opensNearby(opensBy, text, nextRow(text, end) + anchorEnd - end);
  if (before) return before.test(text.slice(anchorEnd, end)) && fillsRow(text, end);
  if (end === anchorEnd) return isIn(rowOpensBy, text, nextRow(text, end));
  if (isIn(ENDS_CODE, text, end - 1)) return false;
  const nearEnd = Math.min(end, anchorEnd + FARTHEST_VALUE);
  if (opensBy && !hasOneOf(opensBy, text, anchorEnd, nearEnd)) return false;
  return !hasOneOf(BLANKS, text, anchorEnd + FARTHEST_VALUE, end);
}

/** Whether a word that a blank precedes begins in a part of a row. */
function isBeforeWord(text: string, from: number, rowEnd: number): boolean {
  for (let at = from; at < rowEnd - 1; at++)
    if (isIn(BLANKS, text, at) && isIn(ALNUM, text, at + 1)) return true;
  return false;
}

/** Whether what separates a name from its value follows where the rest of a broken name ends. */
function opensNearby(opensBy: ByteClass, text: string, at: number): boolean {
  const end = rowTextEnd(text, firstRowEnd(text, at, Math.min(text.length, at + FARTHEST_VALUE)));
  return end <= at || hasOneOf(opensBy, text, at, end) || hasOneOf(BLANKS, text, at, end);
}

function hasOneOf(members: ByteClass, text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (isIn(members, text, at)) return true;
  return false;
}

function mayGoOn(text: string, end: number): boolean {
  const next = nextRow(text, end);
  return next !== -1 && beginsWithRest(text, next, VALUE);
}

function beginsWith(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** Which rows are joined: those that hold nothing but the rest of a value, those that the screen may have broken, any. */
type Joinable = "rest" | "full" | "any";

/** The row of `at` and those below; null if the row does not end nearby. */
function joinRows(text: string, at: number, joinable: Joinable): Joined | null {
  const start = Math.max(0, at - CONTEXT);
  const limit = Math.min(text.length, at + (joinable === "rest" ? FARTHEST_WHOLE : FARTHEST));
  const pieces: Span[] = [];
  let pieceStart = start;
  let end = at + 1;
  let isLast = false;
  while (end < limit && pieces.length < MOST_ROWS[joinable]) {
    const rowEnd = firstRowEnd(text, end, limit);
    end = rowEnd === limit ? limit : Math.max(end, continuedTextEnd(text, rowEnd));
    const next: number = rowEnd === limit || isLast ? -1 : nextRow(text, end);
    const isNarrow = pieces.length > 0 && end - pieceStart < NARROWEST;
    if (next === -1 || isNarrow || !joins(text, end, next, joinable)) break;
    // Only of rows that hold nothing else there may be more.
    isLast = joinable === "rest" && !endsRow(text, runEnd(VALUE, text, next, next + FARTHEST));
    pieces.push([pieceStart, end]);
    pieceStart = next;
    end = next;
  }
  const [first] = pieces;
  if (first === undefined) return null;
  if (end > pieceStart) pieces.push([pieceStart, Math.min(end, limit)]);
  const { text: joined, outer } = stitch(text, pieces);
  return { text: joined, outer, start, firstJoin: first[1] - start };
}

/** Whether the row that begins at `next` may belong to the one whose text ends at `end`. */
function joins(text: string, end: number, next: number, joinable: Joinable): boolean {
  if (beginsLog(text, next)) return false;
  if (joinable === "rest") return beginsWithRest(text, next, VALUE);
  return joinable === "any" || fillsRow(text, end);
}
