import { type Finder, type Finding, found, nothing } from "../engine/finder.js";
import { matchAt } from "../engine/match-at.js";
import { isExample, isPlaceholder } from "../lexicon/placeholder.js";
import { isRandomKey } from "../lexicon/word-classes.js";

// A password that is not encoded may hold an `@`: the last one counts.
const USER_INFO = /([^\s/?#@:"'`<>\\\x00]{0,128}:)([^\s/?#"'`<>\\\x00]{1,256})@/y;
/** A user without a password, or with one that only says so: `https://TOKEN:x-oauth-basic@…`. */
const USER = /([^\s/?#@:"'`<>\\\x00]{16,256})(?::(?:x-oauth-basic|x|))?@/y;
const SAYS_SO = /^(?:x-oauth-basic|x)$/;
/** As manuals write it: `https://a:b@host`, `ftp://abc:xyz@host`. */
const IN_MANUALS = /^[a-z]{1,3}$/;
/** `cvs://:pserver:anonymous@host`: a method of access and a user. */
const METHOD = /^(?:pserver|gserver|kserver|ext|fork|server):/;

const SIGNATURE = /sig(?:nature)?=([a-z0-9%+/_.-]{32,512}={0,2})/iy;

/** `?sig=…` and `&X-Amz-Signature=…`: who has the URL may do what it says. */
export const URL_SIGNATURES: Finder = {
  rule: "url-signature",
  kind: "secrets",
  label: "<redacted>",
  anchors: ["sig=", "signature="].map((literal) => ({ literal, anyCase: true })),
  find(text, at) {
    SIGNATURE.lastIndex = at;
    const [, signature = ""] = SIGNATURE.exec(text) ?? [];
    if (signature === "" || isPlaceholder(signature) || !"?&- ,".includes(text[at - 1] ?? " "))
      return nothing();
    return found(SIGNATURE.lastIndex - signature.length, SIGNATURE.lastIndex);
  },
};

/** The password of `scheme://user:password@host`, and a user that is a key. */
export const URL_PASSWORDS: Finder = {
  rule: "url-password",
  kind: "secrets",
  label: "<redacted>",
  anchors: [{ literal: "://" }],
  find(text, at) {
    const user = matchAt(USER, text, at + 3)?.[1];
    if (user !== undefined && isRandomKey(user)) return found(at + 3, at + 3 + user.length);
    return passwordAt(text, at + 3);
  },
};

function passwordAt(text: string, at: number): Finding {
  USER_INFO.lastIndex = at;
  const [, user = "", password = ""] = USER_INFO.exec(text) ?? [];
  if (password === "" || isPlaceholder(password) || isExample(password)) return nothing();
  if (SAYS_SO.test(password) || IN_MANUALS.test(password)) return nothing();
  if (user === ":" && METHOD.test(password)) return nothing();
  const start = at + user.length;
  return found(start, start + password.length);
}
