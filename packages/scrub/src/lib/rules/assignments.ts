import { type ByteClass, byteClass, isIn, runStart } from "../engine/byte-class.js";
import { type Finder, type Finding, found, nothing, settled } from "../engine/finder.js";
import { isPlaceholder } from "./placeholder.js";

/** Words at the end of a name that say its value is secret. */
const NAMES = ["token", "secret", "password", "passwd", "passphrase", "credential", "pwd"];
const KEYS = ["api", "access", "private", "account", "auth", "encryption", "signing", "secret", "master"];

const SUFFIX = /(?:[_-]?(?:access[_-]?)?key|[_-]?value|[_-]?base64|[_-]?phrase)?/iy;
const SEPARATOR = /(\\?["'`]?\]?)([ \t]{0,4})(=>|:=|[=:](?!=)|%3[ad])([ \t]{0,4})/iy;
const ELEMENT = />(?=[^<>\r\n]{4,256}<\/)/y;
const SENTENCE = /[ \t](?:is|was):?[ \t]/iy;
const FLAG_SEPARATOR = /[ \t]{1,4}/y;
const QUOTES = byteClass(..."\"'`");
const ENDS_BARE = byteClass("\0-\x1f", ..." \"'`,;&<>(){}[]|\\\x7f");
const ENDS_QUOTED = byteClass(..."\"'`\\\r\n\0");
const LONGEST_PIECE = 256;
const ENDS_SENTENCE = byteClass(...".!?");
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
    return separator === null ? nothing() : judge(text, nameEnd + separator.length, name, separator);
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

function judge(text: string, start: number, name: string, { isTight, isFlag }: Separator): Finding {
  const at = quoteEnd(text, start);
  // A mask or a label, of a pass before.
  if (text.startsWith("***", at) || text[start] === "<") return settled();
  const ends = at > start ? ENDS_QUOTED : ENDS_BARE;
  const pieceEnd = untilAny(ends, text, at, at + LONGEST_PIECE);
  const value = text.slice(at, runStart(ENDS_SENTENCE, text, pieceEnd, at));
  if (!isSecret({ text: value, name, isQuoted: at > start, isTight, isFlag })) {
    return nothing(value.length > LONG_VALUE ? at + value.length / 4 : 0);
  }
  const end = endOf(ends, text, at + value.length);
  // `secret(` and `token[` are code.
  if (at === start && (text[end] === "(" || text[end] === "[")) return nothing();
  return found(at, end);
}

/** Where a quote ends that may be escaped; `at` where none stands. */
function quoteEnd(text: string, at: number): number {
  const quote = text[at] === "\\" ? at + 1 : at;
  return isIn(QUOTES, text, quote) ? quote + 1 : at;
}

/** Where the first byte of a set stands, `limit` or the text's end if there is none before. */
function untilAny(set: ByteClass, text: string, from: number, limit: number): number {
  const last = Math.min(limit, text.length);
  let end = from;
  while (end < last && !isIn(set, text, end)) end++;
  return end;
}

/** The end of a value of any length. */
function endOf(ends: ByteClass, text: string, from: number): number {
  let end = from;
  for (;;) {
    const next = untilAny(ends, text, end, end + LONGEST_PIECE);
    if (next - end <= 8) return end;
    end = next;
  }
}

/** Whether a value is one, and not a word, a type or a piece of code. */
function isSecret({ text, name, isQuoted, isTight, isFlag }: Value): boolean {
  const isPassword = /pass|pwd/i.test(name);
  if (text.length < (isPassword ? 6 : 8) || /[ \t-\r]/.test(text) || isPlaceholder(text)) return false;
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
