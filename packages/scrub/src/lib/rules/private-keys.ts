import { BASE64, runEnd, runStart } from "../engine/byte-class.js";
import { type Finder, nothing, several } from "../engine/finder.js";
import type { Span } from "../engine/hit.js";
import { endsRow } from "../engine/row-join.js";
import { createSeeker } from "../engine/seeker.js";
import { isWordOrNumber } from "../lexicon/word-classes.js";

/** How a kind of file says where its private part begins and ends. */
interface Kind {
  readonly literals: { readonly begin: string; readonly end: string };
  readonly begin: RegExp;
  readonly end: RegExp;
  /** Both lines begin so, and so do those of public parts. */
  readonly mark: string;
}

const PEM: Kind = {
  literals: { begin: "-----BEGIN", end: "-----END" },
  // Blanks at the end of a row are not always there.
  begin: /-----BEGIN ?[A-Z0-9 ]{0,40}PRIVATE ?KEY(?: ?BLOCK)?-----/y,
  end: /-----END ?[A-Z0-9 ]{0,40}PRIVATE ?KEY(?: ?BLOCK)?-----/y,
  mark: "-----",
};
const PUTTY: Kind = {
  literals: { begin: "Private-Lines:", end: "Private-MAC" },
  begin: /Private-Lines:[ \t]{0,4}\d{1,4}/y,
  end: /Private-MAC/y,
  mark: "Private-",
};
const KINDS = [PEM, PUTTY];

/** RSA keys of 16,384 bits have 12,500 characters, PGP keys with some subkeys 20,000; a window of a stream holds all of it. */
const LONGEST_BODY = 24_000;
/** Of the first and the last line, with what breaks them. */
const LONGEST_LINE = 120;
const SHORTEST_PIECE = 4;
/** A row that is looked for apart from the others. */
const SHORTEST_ROW = 16;
const SHORTEST_FULL_ROW = 40;
/** From the end of a row, so near the next begins. */
const LONGEST_LEAD = 32;
/** From the first line, so near the first row begins. */
const FIRST_ROW_WITHIN = 160;
/** The smallest keys have 64. */
const FEWEST_CHARACTERS = 24;

/**
 * The body of a private key as PEM or as PuTTY writes it: from its first line to its last or, where one of them is missing, as
 * far as it looks like one. Rows of the same widths after it belong to it: a pager shows a key page by page, back and forth.
 */
export function privateKeyFinder(): Finder {
  const kinds = KINDS.map((kind) => ({
    ...kind,
    marks: createSeeker(firstOf(kind.mark)),
    keys: createSeeker(firstOf(kind.literals.begin)),
  }));
  return {
    rule: "private-key",
    kind: "secrets",
    hasPublicParts: true,
    label: "<redacted>",
    anchors: KINDS.flatMap(({ literals }) => [{ literal: literals.begin }, { literal: literals.end }]),
    find(text, at, { literal }) {
      for (const kind of kinds) {
        const start = kind.literals.begin === literal ? lineEnd(kind.begin, text, at) : -1;
        if (start !== -1) return fromBegin(text, start, kind);
        if (kind.literals.end === literal && lineEnd(kind.end, text, at) !== -1)
          return beforeEnd(text, at, kind);
      }
      return nothing();
    },
  };

  function fromBegin(text: string, start: number, { marks, literals, mark }: (typeof kinds)[number]) {
    const limit = Math.min(text.length, start + LONGEST_BODY);
    const marked = marks.next(text, start, limit);
    const isClosed = text.startsWith(literals.end, marked);
    const end = isClosed ? marked : start + bodyLength(text.slice(start, marked));
    let body = pieces(text, start, end);
    if (!isKey(text, body)) {
      if (isClosed) return nothing(end);
      body = firstRow(text, start, marked);
    }
    const bodyEnd = body.at(-1)?.[1];
    if (bodyEnd === undefined) return nothing(end);
    const rest = isClosed ? marked + mark.length : bodyEnd;
    const nextKey = Math.min(...kinds.map(({ keys }) => keys.next(text, rest, limit)));
    return several([...body, ...rowsLike(body, text, rest, nextKey)], isClosed ? marked + 1 : bodyEnd);
  }
}

/** Where a line that begins at `at` ends, broken at row ends or not; -1 if it is another. */
function lineEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  if (pattern.test(text)) return pattern.lastIndex;
  const rows = text.slice(at, at + LONGEST_LINE).split(/([ \t]*[\r\n\0]+[ \t]*)/);
  const line = rows.filter((_, index) => index % 2 === 0).join("");
  pattern.lastIndex = 0;
  if (rows.length === 1 || !pattern.test(line)) return -1;
  let [end, left] = [at, pattern.lastIndex];
  for (const [index, { length }] of rows.entries()) {
    if (index % 2 === 1) end += length;
    else if (length >= left) return end + left;
    else [end, left] = [end + length, left - length];
  }
  return -1;
}

/** Where a mark begins before the limit, else the limit. */
function firstOf(mark: string): (text: string, from: number, limit: number) => number {
  return (text, from, limit) => {
    const found = text.slice(from, limit + mark.length - 1).indexOf(mark);
    return found === -1 ? limit : from + found;
  };
}

/** How far a body without an end goes: to the first character that no body has. */
function bodyLength(body: string): number {
  return /^(?:[A-Za-z0-9+/=\s|\\]|[\x80-\xff]|\x00)*/.exec(body)?.[0].length ?? 0;
}

function pieces(text: string, start: number, end: number): Span[] {
  const spans: Span[] = [];
  for (let at = start; at < end; ) {
    const stop = runEnd(BASE64, text, at, end);
    if (stop - at >= SHORTEST_PIECE && !isLabel(text, at, stop)) spans.push([at, stop]);
    at = Math.max(stop, at + 1);
  }
  return spans;
}

function isLabel(text: string, start: number, end: number): boolean {
  return text[start - 1] === "<" && text[end] === ">";
}

/** Whether it is more than some words of a sentence, or of a program that reads keys. */
function isKey(text: string, body: readonly Span[]): boolean {
  const length = body.reduce((sum, [start, end]) => sum + end - start, 0);
  return length >= FEWEST_CHARACTERS && !body.every((piece) => isOrdinary(text, piece));
}

function isOrdinary(text: string, [start, end]: Span): boolean {
  return isWordOrNumber(text.slice(start, end));
}

function isFullRow(text: string, [start, end]: Span): boolean {
  return end - start >= SHORTEST_FULL_ROW && hasBothCases(text.slice(start, end));
}

function hasBothCases(row: string): boolean {
  return /[a-z]/.test(row) && /[A-Z]/.test(row);
}

/** The first row of a body whose rows have something before them: signs of a comparison, names of files, numbers. */
function firstRow(text: string, start: number, end: number): Span[] {
  const row = pieces(text, start, Math.min(end, start + FIRST_ROW_WITHIN)).find((piece) =>
    isFullRow(text, piece),
  );
  return row ? [row] : [];
}

/** The rows of a range that are as wide as one of the body, and what is left for the last row. */
function rowsLike(body: readonly Span[], text: string, start: number, end: number): Span[] {
  const widths = new Set(body.map(([from, to]) => to - from).filter((width) => width >= SHORTEST_ROW));
  if (widths.size === 0) return [];
  let above = start;
  return pieces(text, start, end).filter((piece) => {
    const [from, to] = piece;
    const isRow = widths.has(to - from) && hasBothCases(text.slice(from, to));
    const isLast = !isRow && from - above <= LONGEST_LEAD && endsRow(text, to) && !isOrdinary(text, piece);
    above = isRow ? to : Number.NEGATIVE_INFINITY;
    return isRow || isLast;
  });
}

/** What is before the last line of a key whose first line is not there: the last row and the full ones above it. */
function beforeEnd(text: string, end: number, { mark }: Kind) {
  const lowest = Math.max(0, end - LONGEST_BODY);
  const marked = text.slice(lowest, end).lastIndexOf(mark);
  const start = marked === -1 ? lowest : lowest + marked + mark.length;
  const rows: Span[] = [];
  for (let at = end; at > start; ) {
    const from = runStart(BASE64, text, at, start);
    const width = at - from;
    if (width >= SHORTEST_PIECE) {
      if (rows.length === 0 ? !isLastRow(text, [from, at], end) : !isFullRow(text, [from, at])) break;
      rows.unshift([from, at]);
    }
    at = Math.min(from, at - 1);
  }
  const [first] = rows;
  // By itself it may be the end of a sentence.
  const isAlone =
    first !== undefined && !isFullRow(text, first) && !/^(?:[\s\0]|\\[rn])+$/.test(text.slice(first[1], end));
  return isAlone ? nothing() : several(rows, 0);
}

/** Whether it is before the last line: a full row, or what was left for it. */
function isLastRow(text: string, row: Span, end: number): boolean {
  if (isFullRow(text, row)) return true;
  const between = text.slice(row[1], end);
  return between.length <= LONGEST_LEAD && /^(?:\s|\\[rn])/.test(between) && !isOrdinary(text, row);
}
