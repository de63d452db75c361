import { ANY_BASE64, byteClass, HEX, isIn, runEnd, runStart } from "./byte-class.js";
import type { EncodedAnchor } from "./encodings.js";
import type { Span } from "./hit.js";
import { lastBegun } from "./last-begun.js";
import { nextRow } from "./row-join.js";
import { stitch } from "./stitched.js";

/** Text that stood encoded in another, and the way back. */
export interface Decoded {
  readonly text: string;
  /** Before this position of the outer text there is nothing more to decode the same way. */
  readonly until: number;
  /** What encodes a range of `text`: ranges of the outer text, widened to whole groups. */
  outer(start: number, end: number): Span[];
}

/** Decodes the run of base64 or hexadecimal digits that holds an anchor, in step with the anchor, over row ends too. */
export function decodeAround(text: string, at: number, { encoding, phase, literal }: EncodedAnchor): Decoded {
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
  };
}

/** A row that is at least so full of digits goes on in the next one. */
const FULL_ROW = 16;

/** Where a run's digits stand. */
function digitPieces(text: string, from: number, digits: Uint8Array, atLeast: number): Span[] {
  const pieces: Span[] = [];
  let at = from;
  while (true) {
    const end = runEnd(digits, text, at);
    pieces.push([at, end]);
    const next = end - at >= FULL_ROW || end < atLeast ? nextRow(text, end) : -1;
    if (next === -1 || !isIn(digits, text, next)) return pieces;
    at = next;
  }
}

/** What stands unescaped beside escapes in a URL, a string of JSON or of a program, an attribute of HTML. */
const ESCAPED_TEXT = byteClass("A-Z", "a-z", "0-9", ..."-._~%+/:=&?@!$'()*,;#\\{}");
const BEGINS_ESCAPE = byteClass("%", "\\", "&");
const ESCAPE =
  /%([0-9a-f]{2})|\\(?:u00|x|u\{0{0,4})([0-9a-f]{2})\}?|&#x0{0,4}([0-9a-f]{2});|&#0{0,4}(1?\d{2});|\\(\/)/iy;

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
  const parts: string[] = [];
  /** Where each escape stands: in the decoded text, in the outer text, and where it ends there. */
  const escapes: { inner: number; at: number; end: number }[] = [];
  let copied = start;
  let length = 0;
  for (let index = start; index < end; index++) {
    if (!isIn(BEGINS_ESCAPE, text, index)) continue;
    ESCAPE.lastIndex = index;
    const found = ESCAPE.exec(text);
    if (found === null) continue;
    length += index - copied + 1;
    parts.push(text.slice(copied, index), unescaped(found));
    copied = index + found[0].length;
    escapes.push({ inner: length - 1, at: index, end: copied });
    index = copied - 1;
  }
  if (escapes.length === 0) return { text: "", until: end, outer: () => [] };
  parts.push(text.slice(copied, end));

  /** Where in the outer text a character begins. */
  function outerAt(position: number): number {
    const last = escapes[lastBegun(escapes.length, (index) => escapes[index]?.inner ?? 0, position)];
    if (last === undefined) return start + position;
    return last.inner === position ? last.at : last.end + position - last.inner - 1;
  }

  return {
    text: parts.join(""),
    until: end,
    outer: (first, last) => [[outerAt(first), outerAt(last)]],
  };
}

function unescaped([, percent, program, hexEntity, entity, slash]: RegExpExecArray): string {
  if (slash !== undefined) return slash;
  const code =
    entity === undefined ? Number.parseInt(percent ?? program ?? hexEntity ?? "", 16) : Number(entity);
  return String.fromCharCode(code);
}
