import { BASE64, runEnd } from "../engine/byte-class.js";
import { type Finder, nothing, several } from "../engine/finder.js";
import type { Span } from "../engine/hit.js";
import { createSeeker } from "../engine/seeker.js";

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
export function privateKeyFinder(): Finder {
  const kinds = BEGINNINGS.map((kind) => ({ ...kind, ends: createSeeker(firstOf(kind.end)) }));
  return {
    rule: "private-key",
    kind: "secrets",
    label: "<redacted>",
    anchors: kinds.map(({ literal }) => ({ literal })),
    find(text, at, { literal }) {
      const kind = kinds.find((one) => one.literal === literal);
      if (kind === undefined) return nothing();
      kind.begin.lastIndex = at;
      if (!kind.begin.test(text)) return nothing();
      const start = kind.begin.lastIndex;
      const limit = start + LONGEST_BODY;
      const marked = kind.ends.next(text, start, limit);
      const end = marked < limit ? marked : start + bodyLength(text.slice(start, limit));
      return several(pieces(text, start, end), end);
    },
  };
}

function firstOf(mark: string): (text: string, from: number, limit: number) => number {
  return (text, from, limit) => {
    const found = text.slice(from, limit + mark.length - 1).indexOf(mark);
    return found === -1 ? limit : from + found;
  };
}

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
