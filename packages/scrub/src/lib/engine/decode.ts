import { ANY_BASE64, byteClass, HEX, isIn, runEnd, runStart } from "./byte-class.js";
import type { EncodedAnchor } from "./encodings.js";
import type { Span } from "./hit.js";
import { lastBegun } from "./last-begun.js";
import { beginsWithRest, nextRow } from "./row-join.js";
import { stitch } from "./stitched.js";

/** Text that was encoded in another, and the way back. */
export interface Decoded {
  readonly text: string;
  /** Before this position of the outer text there is nothing more to decode the same way. */
  readonly until: number;
  /** What encodes a range of `text`: ranges of the outer text, widened to whole groups. */
  outer(start: number, end: number): Span[];
}

/** A run of digits that was decoded. */
export interface DecodedRun extends Decoded {
  /** Whether what is at a position was decoded with it, in step with its groups. */
  holds(position: number, phase: number): boolean;
}

/** Decodes the run of base64 or hexadecimal digits that holds an anchor, in step with the anchor, over row ends too. */
export function decodeAround(
  text: string,
  at: number,
  { encoding, phase, literal }: EncodedAnchor,
): DecodedRun {
  const digits = encoding === "hex" ? HEX : ANY_BASE64;
  const [group, bytesInGroup] = encoding === "hex" ? [2, 1] : [4, 3];
  const before = runStart(digits, text, at);
  const start = before + ((((at - phase - before) % group) + group) % group);
  const pieces = digitPieces(text, start > at ? at - phase : start, digits, at + literal.length);
  const stitched = stitch(text, pieces);
  return {
    text: Buffer.from(stitched.text, encoding === "hex" ? "hex" : "base64").toString("latin1"),
    until: (pieces.at(-1)?.[1] ?? at) + 1,
    outer: (first, end) =>
      stitched.outer(Math.floor(first / bytesInGroup) * group, Math.ceil(end / bytesInGroup) * group),
    holds(position, phase) {
      const inner = stitched.inner(position);
      return inner !== -1 && (inner - phase) % group === 0;
    },
  };
}

/** A row that is at least so full of digits goes on in the next one. */
const FULL_ROW = 16;
/** Where a run's digits are. */
function digitPieces(text: string, from: number, digits: Uint8Array, atLeast: number): Span[] {
  const pieces: Span[] = [];
  let at = from;
  while (true) {
    const end = runEnd(digits, text, at);
    pieces.push([at, end]);
    const next = end - at >= FULL_ROW || end < atLeast ? nextRow(text, end) : -1;
    const isIncomplete = end < atLeast && isIn(digits, text, next);
    if (next === -1 || !(isIncomplete || beginsWithRest(text, next, digits))) return pieces;
    at = next;
  }
}

/** What is unescaped beside escapes in a URL, a string of JSON or of a program, an attribute of HTML. */
const ESCAPED_TEXT = byteClass("A-Z", "a-z", "0-9", ..."-._~%+/:=&?@!$'()*,;#\\{}");
const BEGINS_ESCAPE = byteClass("%", "\\", "&");
const PERCENT = 0x25;
const HEX_VALUES = Int8Array.from({ length: 256 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? -1 : value;
});
/** All but those with a percent sign, of which a URL may hold thousands. */
const ESCAPE = /\\(?:u00|x|u\{0{0,4})([0-9a-f]{2})\}?|&#x0{0,4}([0-9a-f]{2});|&#0{0,4}(1?\d{2});|\\(\/)/iy;

/** Literals at which there is something to unescape. */
export const ESCAPE_ANCHORS: readonly string[] = [
  ...[..."234567"].map((digit) => `%${digit}`),
  "\\u00",
  "\\u{",
  "\\x",
  "&#",
  ":\\/\\/",
];

/** Decodes the run of text around an escape: `%41`, `\u0041`, `\x41`, `&#65;`, `\/`. Empty if there is none after all. */
export function decodeEscapes(text: string, at: number): Decoded {
  const start = runStart(ESCAPED_TEXT, text, at);
  const end = runEnd(ESCAPED_TEXT, text, at);
  const decoded = Buffer.allocUnsafe(end - start);
  let length = 0;
  /** Where each escape is: in the decoded text, in the outer text, and where it ends there. */
  const escapes: { inner: number; at: number; end: number }[] = [];
  for (let index = start; index < end; length++) {
    const one = isIn(BEGINS_ESCAPE, text, index) ? escapeAt(text, index) : null;
    decoded[length] = one === null ? text.charCodeAt(index) : one.code;
    if (one !== null) escapes.push({ inner: length, at: index, end: one.end });
    index = one?.end ?? index + 1;
  }
  if (escapes.length === 0) return { text: "", until: end, outer: () => [] };

  /** Where in the outer text a character begins. */
  function outerAt(position: number): number {
    const last = escapes[lastBegun(escapes.length, (index) => escapes[index]?.inner ?? 0, position)];
    if (last === undefined) return start + position;
    return last.inner === position ? last.at : last.end + position - last.inner - 1;
  }

  return {
    text: decoded.toString("latin1", 0, length),
    until: end,
    outer: (first, last) => [[outerAt(first), outerAt(last)]],
  };
}

/** What an escape stands for, and where it ends; null if none begins there. */
function escapeAt(text: string, at: number): { code: number; end: number } | null {
  if (text.charCodeAt(at) === PERCENT) {
    const [high, low] = [
      HEX_VALUES[text.charCodeAt(at + 1)] ?? -1,
      HEX_VALUES[text.charCodeAt(at + 2)] ?? -1,
    ];
    return high < 0 || low < 0 ? null : { code: high * 16 + low, end: at + 3 };
  }
  ESCAPE.lastIndex = at;
  const found = ESCAPE.exec(text);
  return found && { code: codeOf(found), end: ESCAPE.lastIndex };
}

function codeOf([, program, hexEntity, entity, slash]: RegExpExecArray): number {
  if (slash !== undefined) return slash.charCodeAt(0);
  return entity === undefined ? Number.parseInt(program ?? hexEntity ?? "", 16) : Number(entity);
}
