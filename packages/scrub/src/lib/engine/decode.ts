import { ANY_BASE64, byteClass, HEX, isIn, runEnd, runStart } from "./byte-class.js";
import type { EncodedAnchor } from "./encodings.js";
import { nextRow } from "./row-join.js";

/** Text that stood encoded in another, and the way back. */
export interface Decoded {
  readonly text: string;
  /** Before this position of the outer text there is nothing more to decode the same way. */
  readonly until: number;
  /** The outer position of each encoded character of a range of `text`, widened to whole groups. */
  source(start: number, end: number): number[];
}

const URL_TEXT = byteClass("A-Z", "a-z", "0-9", ..."-._~%+/:=&?@!$'()*,;#");

/** Decodes the run of base64 or hexadecimal digits that holds an anchor, in step with the anchor, over row ends too. */
export function decodeAround(text: string, at: number, { encoding, phase, literal }: EncodedAnchor): Decoded {
  const digits = encoding === "hex" ? HEX : ANY_BASE64;
  const group = encoding === "hex" ? 2 : 4;
  const before = runStart(digits, text, at);
  const start = before + ((((at - phase - before) % group) + group) % group);
  const from = start > at ? at - phase : start;
  const positions = digitPositions(text, from, digits, at + literal.length);
  const encoded = positions.map((position) => text[position]).join("");
  const bytes = Buffer.from(encoded, encoding === "hex" ? "hex" : "base64");
  const [bytesIn, charsIn] = encoding === "hex" ? [1, 2] : [3, 4];
  return {
    text: bytes.toString("latin1"),
    until: (positions.at(-1) ?? at) + 1,
    source: (first, end) =>
      positions.slice(Math.floor(first / bytesIn) * charsIn, Math.ceil(end / bytesIn) * charsIn),
  };
}

/** Positions of a run's digits; a row that is full of them goes on in the next one. */
function digitPositions(text: string, from: number, digits: Uint8Array, atLeast: number): number[] {
  const positions: number[] = [];
  let at = from;
  while (true) {
    const end = Math.max(runEnd(digits, text, at), at);
    for (let index = at; index < end; index++) positions.push(index);
    const next = end - at >= 16 || end < atLeast ? nextRow(text, end) : -1;
    if (next === -1 || !isIn(digits, text, next)) return positions;
    at = next;
  }
}

/** Decodes the run of URL characters around a percent sign. */
export function decodePercent(text: string, at: number): Decoded {
  const start = runStart(URL_TEXT, text, at);
  const end = runEnd(URL_TEXT, text, at);
  const starts: number[] = [];
  let decoded = "";
  for (let index = start; index < end; ) {
    starts.push(index);
    const escaped = text[index] === "%" && isIn(HEX, text, index + 1) && isIn(HEX, text, index + 2);
    decoded += escaped
      ? String.fromCharCode(Number.parseInt(text.slice(index + 1, index + 3), 16))
      : text[index];
    index += escaped ? 3 : 1;
  }
  starts.push(end);
  return {
    text: decoded,
    until: end,
    source(first, last) {
      const [from = 0, to = 0] = [starts[first], starts[last]];
      return Array.from({ length: to - from }, (_, offset) => from + offset);
    },
  };
}
