import { type Finder, found, nothing } from "../engine/finder.js";
import { isPlaceholder } from "./placeholder.js";

const USER_INFO = /([^\s/?#@:"'`<>\\\x00]{0,128}:)([^\s/?#@"'`<>\\\x00]{1,256})@/y;

/** The password of `scheme://user:password@host`. */
export const URL_PASSWORDS: Finder = {
  rule: "url-password",
  kind: "secrets",
  label: "<redacted>",
  anchors: [{ literal: "://" }],
  find(text, at) {
    USER_INFO.lastIndex = at + 3;
    const [, user = "", password = ""] = USER_INFO.exec(text) ?? [];
    if (password === "" || isPlaceholder(password)) return nothing();
    const start = at + 3 + user.length;
    return found(start, start + password.length);
  },
};
