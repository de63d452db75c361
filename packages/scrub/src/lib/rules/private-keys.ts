import { BASE64, runEnd } from "../engine/byte-class.js";
import { type Finder, nothing } from "../engine/finder.js";
import type { Span } from "../engine/hit.js";

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
/** A key of 8,192 bits has 6,400 characters. */
const LONGEST_BODY = 8_000;
const SHORTEST_PIECE = 4;

/** The body of a PEM private key, up to its end or, where that is missing, as far as it looks like one. */
export const PRIVATE_KEYS: Finder = {
  rule: "private-key",
  kind: "secrets",
  label: "<redacted>",
  anchors: [{ literal: "-----BEGIN " }],
  find(text, at) {
    BEGIN.lastIndex = at;
    if (!BEGIN.test(text)) return nothing();
    const start = BEGIN.lastIndex;
    const body = text.slice(start, start + LONGEST_BODY);
    const marked = body.indexOf("-----");
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
