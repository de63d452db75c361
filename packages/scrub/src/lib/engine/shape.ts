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

/** So much of something that its row's end cuts off is telling. */
const SHORTEST_CUT = 12;
/** Nothing else begins with so much of a name. */
const DISTINCT = 6;

interface Walk {
  readonly text: string;
  at: number;
  pieceStart: number;
  readonly spans: Span[];
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
  const walk: Walk = { text, at, pieceStart: at, spans: [] };
  const { parts } = shape;
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? "";
    const isLast = index === parts.length - 1;
    const whole = typeof part === "string" ? takeLiteral(walk, part) : takeRun(walk, part, isLast);
    // Each later place inside the first run would end where this one did.
    if (!whole && !isCutOff(walk, at, index, parts[0])) return nothing(index === 2 ? walk.at : 0);
    if (!whole) break;
  }
  if (isIn(shape.notBefore, text, walk.at)) return nothing();
  if (walk.spans.length === 0) return found(at, walk.at);
  walk.spans.push([walk.pieceStart, walk.at]);
  return several(walk.spans, walk.at);
}

/** Whether only the end of its row, which may be the screen's edge, keeps it from being whole. */
function isCutOff({ text, at, pieceStart }: Walk, start: number, index: number, prefix: string): boolean {
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
    if (
      walk.text.charCodeAt(walk.at) !== code &&
      !(crossRow(walk) && walk.text.charCodeAt(walk.at) === code)
    ) {
      return false;
    }
    walk.at++;
  }
  return true;
}

function takeRun(walk: Walk, { of, min, max }: Run, isLast: boolean): boolean {
  let taken = 0;
  while (taken < max) {
    const end = runEnd(of, walk.text, walk.at, walk.at + max - taken);
    taken += end - walk.at;
    walk.at = end;
    if (taken === max || !goesOn(walk, of, taken < min || !isLast) || !crossRow(walk)) break;
  }
  return taken >= min;
}

/** Whether a run that stops at the end of its row goes on in the next one. */
function goesOn({ text, at, pieceStart }: Walk, of: ByteClass, needsMore: boolean): boolean {
  const next = nextRow(text, at);
  if (next === -1 || !isIn(of, text, next)) return false;
  if (needsMore) return true;
  const end = runEnd(of, text, next, next + LONGEST_RUN);
  const rest = text.slice(next, end);
  if (isOrdinaryRow(rest)) return false;
  return looksRandom(rest) || (at - pieceStart >= LONG_PIECE && endsRow(text, end));
}

function crossRow(walk: Walk): boolean {
  const next = nextRow(walk.text, walk.at);
  if (next === -1) return false;
  if (walk.at > walk.pieceStart) walk.spans.push([walk.pieceStart, walk.at]);
  walk.pieceStart = next;
  walk.at = next;
  return true;
}
