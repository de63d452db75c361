import { ALNUM, isIn, WORD } from "../engine/byte-class.js";
import { type Finder, found, nothing, settled, several } from "../engine/finder.js";
import type { Span } from "../engine/hit.js";
import { nextRow } from "../engine/row-join.js";
import { isPlaceholder } from "../lexicon/placeholder.js";

const AFTER_SCHEME = /[ \t]{1,4}|%20|\+/y;
const BEARER = /([a-z0-9._~+/=-]{6,4096})/iy;
const BASIC = /([a-z0-9+/_-]{6,512}={0,2})/iy;
const QUOTED_BASE64 = /[ \t]{0,4}:[ \t]{0,4}"([a-z0-9+/_-]{6,512}={0,2})(?=")/iy;
const OTHER_SCHEME =
  /["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?!bearer|basic|digest|aws4)(?:[a-z][\w-]{1,24}[ \t]{1,4})?(?:token=)?([a-z0-9._~+/=:-]{12,4096})(?![\w ]*[(,])/iy;
const COOKIE_LINE = /[^\r\n\0"']{0,4096}/y;
const COOKIE_VALUE = /(?:^|[ ;])[\w.-]{1,64}=([^\s;,"']{16,4096})/g;
const WORD_AFTER = /[ \t]{1,4}[a-z0-9]/iy;
const HEADER_BEFORE = /authorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?$/i;

/** `Bearer …`, in a header or with a value that no sentence has ("bearer of news" stays). */
export const BEARER_HEADER: Finder = {
  rule: "bearer-header",
  kind: "secrets",
  label: "<redacted>",
  anchors: [{ literal: "bearer", anyCase: true }],
  find(text, at) {
    const value = valueAfter(BEARER, text, afterScheme(text, at + "bearer".length));
    if (value === null) return nothing();
    // The last word of a line and the time at the start of the next are no header.
    const isInRow = !/[\r\n\0]/.test(text.slice(at, value.start));
    const isLikely = isHeader(text, at) || (isInRow && (/\d/.test(value.text) || value.text.length >= 24));
    if (isLikely && !isPlaceholder(value.text)) return found(value.start, value.end);
    // A word between words: no row's end has broken it.
    return isInRow && goesOnAt(text, value.end) ? settled() : nothing();
  },
};

/** `Basic …`, in a header or where it decodes to a name, a colon and a password. */
export const BASIC_HEADER: Finder = {
  rule: "basic-header",
  kind: "secrets",
  label: "<redacted>",
  anchors: [{ literal: "basic", anyCase: true }],
  find(text, at) {
    const value = valueAfter(BASIC, text, afterScheme(text, at + "basic".length));
    if (value === null) return nothing();
    const isLikely = isHeader(text, at) || isNameAndPassword(value.text);
    return isLikely && !isPlaceholder(value.text) ? found(value.start, value.end) : nothing();
  },
};

/** `Authorization: Scheme …` of any other scheme: `Token`, `ApiKey`, `Bot`, or a key alone. */
export const OTHER_AUTHORIZATION: Finder = {
  rule: "authorization-header",
  kind: "secrets",
  label: "<redacted>",
  anchors: [{ literal: "authorization", anyCase: true }],
  find(text, at) {
    if (isIn(ALNUM, text, at - 1)) return nothing();
    const value = valueAfter(OTHER_SCHEME, text, at + "authorization".length);
    if (value === null || isPlaceholder(value.text)) return nothing();
    // Nothing in it has digits either.
    return /\d/.test(value.text) ? found(value.start, value.end) : nothing(value.end);
  },
};

/** The long values of `Cookie:` and `Set-Cookie:`; who has them is logged in. */
export const COOKIES: Finder = {
  rule: "cookie",
  kind: "secrets",
  label: "<redacted>",
  anchors: [{ literal: "cookie:", anyCase: true }],
  find(text, at) {
    const start = at + "cookie:".length;
    COOKIE_LINE.lastIndex = start;
    const line = COOKIE_LINE.exec(text)?.[0] ?? "";
    const spans = [...line.matchAll(COOKIE_VALUE)].flatMap(({ index, 0: pair, 1: value = "" }): Span[] => {
      const end = start + index + pair.length;
      return /\d/.test(value) && !isPlaceholder(value) ? [[end - value.length, end]] : [];
    });
    return several(spans, start + line.length);
  },
};

/** `"auth": "…"` of a container registry's configuration: name and password in base64. */
export const REGISTRY_AUTH: Finder = {
  rule: "registry-auth",
  kind: "secrets",
  label: "<redacted>",
  anchors: [{ literal: '"auth"' }],
  find(text, at) {
    const value = valueAfter(QUOTED_BASE64, text, at + '"auth"'.length);
    if (value === null) return nothing();
    return isNameAndPassword(value.text) ? found(value.start, value.end) : nothing();
  },
};

/** Where what follows a scheme begins, in its row or in the next; -1 if nothing separates them. */
function afterScheme(text: string, at: number): number {
  AFTER_SCHEME.lastIndex = at;
  const start = AFTER_SCHEME.test(text) ? AFTER_SCHEME.lastIndex : -1;
  return start !== -1 && isIn(WORD, text, start) ? start : Math.max(nextRow(text, at), start);
}

function goesOnAt(text: string, at: number): boolean {
  WORD_AFTER.lastIndex = at;
  return WORD_AFTER.test(text);
}

function isNameAndPassword(base64: string): boolean {
  return /^[\x20-\x7e]{1,64}:[\x20-\x7e]+$/.test(Buffer.from(base64, "base64").toString("latin1"));
}

function valueAfter(pattern: RegExp, text: string, at: number) {
  if (at === -1) return null;
  pattern.lastIndex = at;
  const value = pattern.exec(text)?.[1];
  if (value === undefined) return null;
  return { text: value, start: pattern.lastIndex - value.length, end: pattern.lastIndex };
}

function isHeader(text: string, at: number): boolean {
  return HEADER_BEFORE.test(text.slice(Math.max(0, at - 32), at));
}
