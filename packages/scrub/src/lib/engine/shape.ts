import { type ByteClass, isIn, NOTHING, runEnd } from "./byte-class.js";
import { type Anchor, type Finder, type Finding, found, nothing, several } from "./finder.js";
import type { Span } from "./hit.js";
import { endsRow, isOrdinaryRow, looksRandom, nextRow } from "./row-join.js";

/** A stretch of bytes of one set; as long as it can be. */
export interface Run {
  readonly of: ByteClass;
  readonly min: number;
  readonly max: number;
}

/** A literal and stretches of bytes, one behind the other. A run never holds the first byte of the literal behind it. */
export interface Shape {
  readonly parts: readonly [prefix: string, ...rest: (string | Run)[]];
  /** Not a hit with one of these before it. */
  readonly notAfter?: ByteClass;
  /** Not a hit with one of these behind it. */
  readonly notBefore?: ByteClass;
}

/** Nothing that a rule takes is longer, so that a window which holds so much holds it whole. */
export const LONGEST_RUN = 6_000;
/** A piece this long at the end of a row is believed to go on in a row that holds nothing else. */
const LONG_PIECE = 16;

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
  const byPrefix = new Map<string, Required<Shape>[]>();
  for (const shape of shapes.map(complete)) {
    byPrefix.set(shape.parts[0], [...(byPrefix.get(shape.parts[0]) ?? []), shape]);
  }
  return {
    rule,
    kind,
    label,
    anchors: [...byPrefix.keys()].map((literal) => ({ literal, plainOnly })),
    find(text, at, { literal }) {
      let until = 0;
      for (const shape of byPrefix.get(literal) ?? []) {
        const finding = matchShape(shape, text, at);
        if (finding.spans.length > 0) return finding;
        until = until === 0 ? finding.until : Math.min(until, finding.until);
      }
      return nothing(until);
    },
  };
}

/** With every property, as it is read for each anchor of a text. */
function complete({ parts, notAfter = NOTHING, notBefore = NOTHING }: Shape): Required<Shape> {
  return { parts, notAfter, notBefore };
}

/** Matches a shape whose prefix begins at `at`; the prefix itself may be broken. */
function matchShape(shape: Required<Shape>, text: string, at: number): Finding {
  if (isIn(shape.notAfter, text, at - 1)) return nothing();
  const walk: Walk = {
    text,
    start: at,
    at,
    pieceStart: at,
    spans: [],
    rowEnd: -1,
    rowStart: at,
    rowSpans: 0,
  };
  const { parts } = shape;
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? "";
    const isLast = index === parts.length - 1;
    walk.rowEnd = -1;
    if (typeof part === "string" ? takeLiteral(walk, part) : takeRun(walk, part, isLast)) continue;
    if (isCutOff(walk, index, parts[0])) break;
    // What stands in the next row may be another line.
    if (goBack(walk) && isCutOff(walk, index, parts[0])) break;
    // Each later place inside the first run would end where this one did.
    return nothing(index === 2 ? walk.at : 0);
  }
  if (isIn(shape.notBefore, text, walk.at)) return nothing();
  if (walk.spans.length === 0) return found(at, walk.at);
  walk.spans.push([walk.pieceStart, walk.at]);
  return several(walk.spans, walk.at);
}

/** Whether only the end of its row, which may be the screen's edge, keeps it from being whole. */
function isCutOff({ text, start, at, pieceStart }: Walk, index: number, prefix: string): boolean {
  if (index === 0) return false;
  const piece = text.slice(Math.max(pieceStart, start + prefix.length), at);
  if (piece.length < SHORTEST_CUT || !endsRow(text, at)) return false;
  if (looksRandom(piece)) return true;
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
    if (next === -1 || !goesOn(walk, next, of, taken < min || !isLast)) return taken >= min;
    crossRow(walk, next);
  }
}

/** Whether a run that stops at the end of its row goes on in the next one. */
function goesOn({ text, at, pieceStart }: Walk, next: number, of: ByteClass, needsMore: boolean): boolean {
  if (!isIn(of, text, next)) return false;
  if (needsMore) return true;
  const end = runEnd(of, text, next, next + LONGEST_RUN);
  const rest = text.slice(next, end);
  if (isOrdinaryRow(rest)) return false;
  return looksRandom(rest) || (at - pieceStart >= LONG_PIECE && endsRow(text, end));
}

/** Whether the row, which is not the first, holds too little to be broken by a screen at its end. */
function isNarrow({ at, start, pieceStart }: Walk): boolean {
  return pieceStart !== start && at - pieceStart < NARROWEST;
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
