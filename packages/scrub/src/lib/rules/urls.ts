import { type Finder, found, nothing } from "../engine/finder.js";
import { isExample, isPlaceholder } from "./placeholder.js";

// A password that is not encoded may hold an `@`: the last one counts.
const USER_INFO = /([^\s/?#@:"'`<>\\\x00]{0,128}:)([^\s/?#"'`<>\\\x00]{1,256})@/y;

const SIGNATURE = /sig(?:nature)?=([a-z0-9%+/_.-]{32,512}={0,2})/iy;

/** `?sig=…` and `&X-Amz-Signature=…`: whoever has the URL may do what it says. */
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

/** The password of `scheme://user:password@host`. */
export const URL_PASSWORDS: Finder = {
  rule: "url-password",
  kind: "secrets",
  label: "<redacted>",
  anchors: [{ literal: "://" }],
  find(text, at) {
    USER_INFO.lastIndex = at + 3;
    const [, user = "", password = ""] = USER_INFO.exec(text) ?? [];
    if (password === "" || isPlaceholder(password) || isExample(password)) return nothing();
    const start = at + 3 + user.length;
    return found(start, start + password.length);
  },
};
