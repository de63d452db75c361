import { BASE64, runEnd } from "../engine/byte-class.js";
import { type Finder, nothing } from "../engine/finder.js";
import type { Span } from "../engine/hit.js";

const PEM = {
  literal: "-----BEGIN ",
  begin: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y,
  end: "-----",
};
const PUTTY = { literal: "Private-Lines:", begin: /Private-Lines:[ \t]{0,4}\d{1,4}/y, end: "Private-MAC" };
const BEGINNINGS = [PEM, PUTTY];
/** A key of 8,192 bits has 6,400 characters. */
const LONGEST_BODY = 8_000;
const SHORTEST_PIECE = 4;

/** The body of a private key as PEM or as PuTTY writes it, up to its end or, where that is missing, as far as it looks like one. */
export const PRIVATE_KEYS: Finder = {
  rule: "private-key",
  kind: "secrets",
  label: "<redacted>",
  anchors: BEGINNINGS.map(({ literal }) => ({ literal })),
  find(text, at, { literal }) {
    const { begin, end: mark } = BEGINNINGS.find((one) => one.literal === literal) ?? PEM;
    begin.lastIndex = at;
    if (!begin.test(text)) return nothing();
    const start = begin.lastIndex;
    const body = text.slice(start, start + LONGEST_BODY);
    const marked = body.indexOf(mark);
    const end = start + (marked === -1 ? bodyLength(body) : marked);
    return { spans: pieces(text, start, end), until: end };
  },
};

/** How far a body without an end goes: to the first long blank-separated stretch of prose. */
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
