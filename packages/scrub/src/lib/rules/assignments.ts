import { byteClass, runStart } from "../engine/byte-class.js";
import { type Finder, type Finding, found, nothing } from "../engine/finder.js";
import { isPlaceholder } from "./placeholder.js";

/** Words at the end of a name that say its value is secret. */
const NAMES = ["token", "secret", "password", "passwd", "passphrase", "credential", "pwd"];
const KEYS = ["api", "access", "private", "account", "auth", "encryption", "signing", "secret", "master"];

const SUFFIX = /(?:[_-]?(?:access[_-]?)?key|[_-]?value|[_-]?base64|[_-]?phrase)?/iy;
const SEPARATOR = /(\\?["'`]?\]?)([ \t]{0,4})(=>|:=|[=:](?!=)|%3[ad])([ \t]{0,4})/iy;
const ELEMENT = />(?=[^<>\r\n]{4,256}<\/)/y;
const SENTENCE = /[ \t](?:is|was):?[ \t]/iy;
const FLAG_SEPARATOR = /[ \t]{1,4}/y;
const QUOTE = /\\?["'`]/y;
const BARE = /[^\s"'`,;&<>(){}[\]|\\\x00-\x1f\x7f]{1,256}/y;
const QUOTED = /[^"'`\\\r\n\x00]{1,256}/y;
/** In a longer value that is none, names near its start are not looked at again, or each would read all of it. */
const LONG_VALUE = 64;
const NAME = byteClass("A-Z", "a-z", "0-9", "_", ".", "-");
const LONGEST_NAME = 42;

interface Value {
  readonly text: string;
  readonly name: string;
  readonly isQuoted: boolean;
  /** `NAME=value` or `"name":"value"`, no blanks around the separator. */
  readonly isTight: boolean;
  readonly isFlag: boolean;
}

/** `password=…`, `"api_key": "…"`, `--token …`: a value whose name says that it is secret, unless it is code or a word. */
export const ASSIGNMENTS: Finder = {
  rule: "secret-assignment",
  kind: "secrets",
  label: "<redacted>",
  anchors: [
    ...NAMES,
    ...KEYS.flatMap((word) => ["key", "_key", "-key"].map((end) => word + end)),
    "_auth=",
    "_auth =",
  ].map((literal) => ({ literal, anyCase: true })),
  find(text, at, { literal }) {
    const nameEnd = literal.includes("=") ? at + "_auth".length : suffixEnd(text, at + literal.length);
    const name = text.slice(runStart(NAME, text, at, Math.max(0, at - LONGEST_NAME)), nameEnd);
    const separator = separatorAt(text, nameEnd, name.startsWith("--"));
    return separator === null ? nothing() : judge(text, nameEnd + separator.length, { name, ...separator });
  },
};

interface Separator {
  readonly length: number;
  readonly isTight: boolean;
  readonly isFlag: boolean;
}

/** What stands between a name and its value: `=`, `": "`, the end of an XML tag, "is"; blanks alone behind an option. */
function separatorAt(text: string, at: number, isFlag: boolean): Separator | null {
  const sign = match(SEPARATOR, text, at);
  if (sign) return { length: sign[0].length, isTight: sign[2] === "" && sign[4] === "", isFlag };
  if (match(ELEMENT, text, at)) return { length: 1, isTight: true, isFlag };
  const words = match(isFlag ? FLAG_SEPARATOR : SENTENCE, text, at);
  return words && { length: words[0].length, isTight: false, isFlag };
}

function suffixEnd(text: string, at: number): number {
  return at + (match(SUFFIX, text, at)?.[0].length ?? 0);
}

function judge(text: string, start: number, about: Pick<Value, "name" | "isTight" | "isFlag">): Finding {
  const quote = match(QUOTE, text, start)?.[0] ?? "";
  const at = start + quote.length;
  const pattern = quote ? QUOTED : BARE;
  const value = (match(pattern, text, at)?.[0] ?? "").replace(/[.!?]{1,8}$/, "");
  if (!isSecret({ ...about, text: value, isQuoted: quote !== "" })) {
    return nothing(value.length > LONG_VALUE ? at + value.length / 4 : 0);
  }
  const end = endOf(pattern, text, at + value.length);
  // `secret(` and `token[` are code.
  if (quote === "" && /[([]/.test(text[end] ?? "")) return nothing();
  return found(at, end);
}

/** The end of a value of any length. */
function endOf(pattern: RegExp, text: string, from: number): number {
  let end = from;
  for (let more = match(pattern, text, end); more && more[0].length > 8; more = match(pattern, text, end)) {
    end += more[0].length;
  }
  return end;
}

/** Whether a value is one, and not a word, a type or a piece of code. */
export function isSecret({ text, name, isQuoted, isTight, isFlag }: Value): boolean {
  const isPassword = /pass|pwd/i.test(name);
  if (text.length < (isPassword ? 6 : 8) || /\s/.test(text) || isPlaceholder(text)) return false;
  // The working directory, and no password.
  if (/pwd$/i.test(name) && /^[~/]/.test(text)) return false;
  const isAboutItself = /token|secret|passw|key|auth/i.test(text) && /^[a-z_.\-/]+\d{0,2}$/i.test(text);
  if (isAboutItself) return false;
  const hasDigit = /\d/.test(text);
  const hasLetter = /[a-z]/i.test(text);
  if (hasDigit && hasLetter) return isQuoted || isTight || isFlag || !isCode(text);
  if (hasDigit) return (isQuoted || isTight) && text.length >= 8 && !/[.:]/.test(text);
  const isVariable = /^[A-Z][A-Z0-9_]{2,}$/.test(name);
  if (isVariable && isTight && !isQuoted) return !/^[./~]/.test(text);
  if (isCode(text)) return text.length >= 24 && /[a-z][A-Z].*[a-z][A-Z].*[A-Z]{2}/.test(text);
  return (isQuoted || isTight || isFlag) && /[A-Z]/.test(text) && /[a-z]/.test(text);
}

/** Words, identifiers, members, paths. */
function isCode(text: string): boolean {
  return /^[.~$@]{0,3}_*[a-z]+(?:[._/:>-]+[a-z]+)*\d{0,2}[._:;?!/-]*$/i.test(text);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
