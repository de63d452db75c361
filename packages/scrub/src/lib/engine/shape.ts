import { isDummy } from "../lexicon/placeholder.js";
import { isCode, isMixedCase, isRandom } from "../lexicon/word-classes.js";
import { type ByteClass, isIn, NOTHING, runEnd, runStart, WORD } from "./byte-class.js";
import { type Anchor, type Finder, type Finding, found, nothing, several } from "./finder.js";
import type { Span } from "./hit.js";
import { beginsWithRest, endsRow, isRowEnd, nextRow } from "./row-join.js";

/** A stretch of bytes of one set; as long as it can be. */
export interface Run {
  readonly of: ByteClass;
  readonly min: number;
  readonly max: number;
}

/** A literal and stretches of bytes, one after the other. A run never holds the first byte of the literal after it. */
export interface Shape {
  /** A stretch before the literal, by which the shape is noticed. The literal is empty if another stretch follows. */
  readonly lead?: Run;
  readonly parts: readonly [prefix: string, ...rest: (string | Run)[]];
  /** Not a hit with one of these before it. */
  readonly notAfter?: ByteClass;
  /** Not a hit with one of these after it. */
  readonly notBefore?: ByteClass;
  /** Not a hit if a dot and a letter or a digit follow: a longer name begins alike. */
  readonly isWholeName?: boolean;
  /** Only a hit if it is random, and has a digit. */
  readonly isRandom?: boolean;
  /** Made by a machine: `xxxxxxxx` and words after the prefix are none. */
  readonly isToken?: boolean;
}

/** Nothing that a rule takes is longer, so that a window which holds so much holds it whole. */
export const LONGEST_RUN = 6_000;
/** No pane has fewer columns. */
const NARROWEST = 6;
/** So much of something that its row's end cuts off is telling. */
const SHORTEST_CUT = 12;
/** Nothing else begins with so much of a name. */
const DISTINCT = 6;

interface Walk {
  readonly text: string;
  readonly start: number;
  at: number;
  pieceStart: number;
  readonly spans: Span[];
  /** Where the row ends that a part began in, if it went on in another, else -1; and what `pieceStart` and `spans` were there. */
  rowEnd: number;
  rowStart: number;
  rowSpans: number;
}

/** A finder of everything that has one of the shapes, also where the screen's rows or a box broke it. */
export function shapeFinder(
  {
    rule,
    kind,
    label,
    plainOnly = false,
  }: Pick<Finder, "rule" | "kind" | "label"> & Pick<Anchor, "plainOnly">,
  shapes: readonly Shape[],
): Finder {
  const complete = shapes.map(completed);
  // Of two prefixes that begin alike only the shorter may be asked for.
  const byPrefix = new Map(
    complete.map(({ parts: [prefix] }) => [
      prefix,
      complete.filter(({ parts }) => parts[0].startsWith(prefix)),
    ]),
  );
  const byAnchor = new Map(complete.flatMap(anchorsOf));
  return {
    rule,
    kind,
    label,
    anchors: [...byAnchor.keys()].map((literal) => ({ literal, plainOnly })),
    find(text, at, { literal }) {
      let until = 0;
      const { prefix, offset } = byAnchor.get(literal) ?? { prefix: literal, offset: 0 };
      for (const shape of byPrefix.get(prefix) ?? []) {
        const finding = matchShape(shape, text, at + offset);
        if (finding.spans.length > 0) return finding;
        until = until === 0 ? finding.until : Math.min(until, finding.until);
      }
      return nothing(until);
    },
  };
}

/** The prefix of an anchor, and where in the anchor it begins. */
interface PrefixPlace {
  readonly prefix: string;
  readonly offset: number;
}

/** What a shape is noticed by: its prefix; if that is shorter than two bytes, together with each byte that may be beside it. */
function anchorsOf({ lead, parts: [prefix, next] }: Required<Shape>): [anchor: string, place: PrefixPlace][] {
  if (prefix.length > 1) return [[prefix, { prefix, offset: 0 }]];
  const before = lead.min > 0 ? membersOf(lead.of) : [""];
  const hasNext = lead.min === 0 || prefix === "";
  const after = hasNext && typeof next === "object" ? membersOf(next.of) : [""];
  const place = { prefix, offset: lead.min > 0 ? 1 : 0 };
  return before.flatMap((first) =>
    after.map((last) => [first + prefix + last, place] as [string, PrefixPlace]),
  );
}

function membersOf(set: ByteClass): string[] {
  return [...set.entries()].filter(([, member]) => member === 1).map(([code]) => String.fromCharCode(code));
}

/** With every property, as it is read for each anchor of a text. */
function completed(shape: Shape): Required<Shape> {
  const { lead = NO_LEAD, parts, notAfter = NOTHING, notBefore = NOTHING } = shape;
  const { isWholeName = false, isRandom: random = false, isToken = false } = shape;
  return { lead, parts, notAfter, notBefore, isWholeName, isRandom: random, isToken };
}

const NO_LEAD: Run = { of: NOTHING, min: 0, max: 0 };

/** Matches a shape whose prefix begins at `at`; the prefix itself may be broken. */
function matchShape(shape: Required<Shape>, text: string, at: number): Finding {
  const start = runStart(shape.lead.of, text, at, Math.max(0, at - shape.lead.max));
  if (at - start < shape.lead.min || isAfter(shape.notAfter, text, start)) return nothing();
  const walk: Walk = {
    text,
    start: at,
    at,
    pieceStart: start,
    spans: [],
    rowEnd: -1,
    rowStart: start,
    rowSpans: 0,
  };
  const failedAt = walkParts(walk, shape.parts);
  // Each later place inside the first run would end where this one did.
  if (failedAt !== -1) return nothing(failedAt === (shape.parts[0] === "" ? 1 : 2) ? walk.at : 0);
  if (isPartOfMore(shape, walk)) return nothing();
  if (shape.isRandom && !isRandomText(text.slice(start, walk.at))) return nothing();
  if (shape.isToken && isDummy(bodyOf(walk, shape.parts[0]))) return nothing(walk.at);
  if (walk.spans.length === 0) return found(start, walk.at);
  walk.spans.push([walk.pieceStart, walk.at]);
  if (isListOfWords(walk, shape.parts[0])) return nothing(walk.at);
  return several(walk.spans, walk.at);
}

/** Walks over the parts of a shape, as far as its row shows them. @returns the index of the part that is missing, else -1. */
function walkParts(walk: Walk, parts: Shape["parts"]): number {
  for (const [index, part] of parts.entries()) {
    walk.rowEnd = -1;
    if (typeof part === "string" ? takeLiteral(walk, part) : takeRun(walk, part, index === parts.length - 1))
      continue;
    // What is in the next row may be another line.
    if (isCutOff(walk, index, parts[0]) || (goBack(walk) && isCutOff(walk, index, parts[0]))) return -1;
    return index;
  }
  return -1;
}

/** Whether it is only the start of something else. */
function isPartOfMore({ notBefore, isWholeName }: Required<Shape>, { text, at }: Walk): boolean {
  return isIn(notBefore, text, at) || (isWholeName && text[at] === "." && isIn(WORD, text, at + 1));
}

/** Whether one of a set comes before it, and is not the sign of a comparison at the start of the row. */
function isAfter(set: ByteClass, text: string, start: number): boolean {
  if (!isIn(set, text, start - 1)) return false;
  const isSign = text[start - 1] === "+" || text[start - 1] === "-";
  return !(isSign && (start === 1 || isRowEnd(text.charCodeAt(start - 2))));
}

/** What is found without its prefix, in one row or in several. */
function bodyOf({ text, at, start, pieceStart, spans }: Walk, prefix: string): string {
  if (spans.length === 0 && pieceStart === start) return text.slice(start + prefix.length, at);
  const pieces = [...spans, [pieceStart, at] as const].map(([from, to]) => text.slice(from, to));
  return pieces.join("").replace(prefix, "");
}

/** Whether a token that rows broke is a list of words, one in each row, the first of which only begins as it does. */
function isListOfWords({ text, start, spans }: Walk, prefix: string): boolean {
  if (spans.length <= 2) return false;
  return spans.every(([from, to]) =>
    isCode(text.slice(from === start ? Math.min(to, from + prefix.length) : from, to) || "a"),
  );
}

function isRandomText(text: string): boolean {
  return /\d/.test(text) && text.split(/[^A-Za-z\d]+/).some(isRandom);
}

/** Whether only the end of its row, which may be the screen's edge, keeps it from being whole. */
function isCutOff({ text, start, at, pieceStart }: Walk, index: number, prefix: string): boolean {
  if (index === 0) return false;
  const piece = text.slice(Math.max(pieceStart, start + prefix.length), at);
  if (piece.length < SHORTEST_CUT || !endsRow(text, at)) return false;
  if (isMixedCase(piece)) return true;
  const isMixed = /\d/.test(piece) && /[a-z]/i.test(piece);
  // `AKIA…`: a prefix without a sign, before capitals and digits alone.
  const isDistinct = prefix.length >= DISTINCT || /^[A-Z]+$/.test(prefix + piece.replace(/\d/g, ""));
  return isMixed && isDistinct;
}

function takeLiteral(walk: Walk, literal: string): boolean {
  for (let index = 0; index < literal.length; index++) {
    const code = literal.charCodeAt(index);
    if (walk.text.charCodeAt(walk.at) !== code) {
      const next = isNarrow(walk) ? -1 : nextRow(walk.text, walk.at);
      if (next === -1 || walk.text.charCodeAt(next) !== code) return false;
      crossRow(walk, next);
    }
    walk.at++;
  }
  return true;
}

function takeRun(walk: Walk, { of, min, max }: Run, isLast: boolean): boolean {
  let taken = 0;
  for (;;) {
    const end = runEnd(of, walk.text, walk.at, walk.at + max - taken);
    taken += end - walk.at;
    walk.at = end;
    const next = taken === max || isNarrow(walk) ? -1 : nextRow(walk.text, end);
    const isNeeded = (taken < min || !isLast) && isIn(of, walk.text, next);
    if (next === -1 || !(isNeeded || beginsWithRest(walk.text, next, of))) return taken >= min;
    crossRow(walk, next);
  }
}

/** Whether the row, which is not the first, holds too little to be broken by a screen at its end. */
function isNarrow({ at, start, pieceStart }: Walk): boolean {
  return pieceStart > start && at - pieceStart < NARROWEST;
}

function crossRow(walk: Walk, next: number): void {
  if (walk.rowEnd === -1) {
    walk.rowEnd = walk.at;
    walk.rowStart = walk.pieceStart;
    walk.rowSpans = walk.spans.length;
  }
  if (walk.at > walk.pieceStart) walk.spans.push([walk.pieceStart, walk.at]);
  walk.pieceStart = next;
  walk.at = next;
}

/** Back to the end of the row that the last part began in; false if it is still there. */
function goBack(walk: Walk): boolean {
  if (walk.rowEnd === -1) return false;
  walk.at = walk.rowEnd;
  walk.pieceStart = walk.rowStart;
  walk.spans.length = walk.rowSpans;
  return true;
}
