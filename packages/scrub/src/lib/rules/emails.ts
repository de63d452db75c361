import { byteClass, runStart } from "../engine/byte-class.js";
import { type Finder, found, nothing } from "../engine/finder.js";

const LOCAL = byteClass("A-Z", "a-z", "0-9", ".", "_", "%", "+", "-");
const DOMAIN = /(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,8}([a-z]{2,24})(?![a-z0-9_-]|\.[a-z0-9])/iy;
const LONGEST_LOCAL = 64;

/** Names that programs give to files and services, not people to themselves. */
const NOT_TOP_LEVEL = new Set(
  "png jpg jpeg gif svg webp ico js mjs cjs jsx ts tsx json css html tgz tar gz xz bz zip whl deb rpm md txt log xml yml yaml lock map conf cfg service socket target timer mount slice scope path device catalog swap automount snap dll exe bin jar pem crt key pub desktop".split(
    " ",
  ),
);
/** Accounts that everybody has. */
const EVERYBODY = new Set(["git", "noreply", "no-reply", "hg", "npm"]);

/** E-mail addresses. */
export const EMAILS: Finder = {
  rule: "email",
  kind: "identity",
  label: "<account>",
  anchors: [...LOCAL.entries()]
    .filter(([, member]) => member === 1)
    .map(([code]) => ({ literal: `${String.fromCharCode(code)}@` })),
  find(text, at) {
    const sign = at + 1;
    const start = runStart(LOCAL, text, sign, Math.max(0, sign - LONGEST_LOCAL));
    DOMAIN.lastIndex = sign + 1;
    const [domain, topLevel] = DOMAIN.exec(text) ?? [];
    if (domain === undefined || topLevel === undefined || !isDomain(domain, topLevel)) return nothing();
    if (!isLocalPart(text.slice(start, sign))) return nothing();
    if (EVERYBODY.has(text.slice(start, sign).toLowerCase())) return nothing();
    if (isInUrl(text, start)) return nothing();
    return found(start, DOMAIN.lastIndex);
  },
};

/** Not `5.0.0-beta.rc`, `0.x`, `icon.png`, `X.cHB`. */
function isDomain(domain: string, topLevel: string): boolean {
  if (/^\d+\.\d+|^\d{1,2}\./.test(domain) || NOT_TOP_LEVEL.has(topLevel.toLowerCase())) return false;
  return /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]{2,})$/.test(topLevel);
}

function isLocalPart(local: string): boolean {
  return /[a-z0-9]/i.test(local) && !/^\.|\.\.|\.$/.test(local);
}

/** In `scheme://user:password@host` the rule of URLs takes the password, and the host stays. */
function isInUrl(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 140), start);
  return before.includes(":") && /:\\?\/\\?\/[^\s/:]{0,64}:[^\s/?#"'<>]{0,64}$/.test(before);
}
