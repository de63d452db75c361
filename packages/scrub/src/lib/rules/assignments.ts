import { type ByteClass, byteClass, isIn, runEnd, runStart } from "../engine/byte-class.js";
import { type Finder, type Finding, found, nothing, settled } from "../engine/finder.js";
import { endsRow } from "../engine/row-join.js";
import { isPlaceholder } from "./placeholder.js";

/** Words at the end of a name that say its value is secret. */
const NAMES = [...["token", "secret", "password", "passwd", "passphrase", "credential", "pwd"]];
const KEYS = ["api", "access", "private", "account", "auth", "encryption", "signing", "secret", "master"];
const MORE_NAMES = ["passcode", "mnemonic", "_pw", "_pat", "_jwt", "_sk"];
const MORE_KEYS = [
  ...[
    "app",
    "application",
    "shared",
    "session",
    "jwt",
    "hmac",
    "fernet",
    "openai",
    "gemini",
    "role",
    "storage",
  ],
  ...["license", "subscription", "functions", "preshared", "unseal", "webhook"],
];
/** The same, but only as words of their own: `DB_PASS`, `smtpPass`, no `bypass`. */
const WORDS = ["pass", "psk"];
/** Whole ends of names, up to their separator. */
const TIGHT = ["_auth=", "_auth =", "_KEY=", "_COOKIE=", "_SESSION=", "JWT=", "secret_id=", "secret_id:"];

const SUFFIX =
  /(?:[_-]?(?:access[_-]?)?key|[_-]?value|[_-]?base(?:64)?|[_-]?phrase)?(s(?![a-z])|[_ ]?\d{1,2}|_(?:prod|production|staging|dev|test|live|readonly|ro|rw|old|new))?/iy;
const OPENING = String.raw`\\{0,7}["'\x60]?`;
const SEPARATOR = new RegExp(
  String.raw`(${OPENING}\]?\*{0,2}(?:[ \t]\[[^\]\r\n]{0,24}\])?)([ \t]{0,32})(=>|:=|[=:](?!=)|%3[ad]|\xe2\x86\x92)(\*{0,2}[ \t]{0,32})`,
  "iy",
);
const BLANK = String.raw`[ \t]{0,8}`;
const VALUE_FIELD = `${OPENING}value${OPENING}${BLANK}[:=]${BLANK}`;
/** `- name: NAME⏎  value: …`, `"name": "NAME", "value": "…"`, `key="NAME" value="…"`. */
const FIELD = new RegExp(String.raw`${OPENING},?${BLANK}\r?\n?[ \t]{0,32}${VALUE_FIELD}`, "iy");
/** `"name": {"value": "…"`, from the brace on. */
const OBJECT = new RegExp(String.raw`\{[ \t\r\n]{0,32}${VALUE_FIELD}`, "iy");
/** A block of YAML, from its sign on. */
const BLOCK = /[|>][+-]?[ \t]{0,8}\r?\n[ \t]{1,32}/y;
/** `["--password", "…"]`, `('password', '…')`. */
const LIST = /\\{0,7}["'][ \t]{0,4},[ \t]{0,4}(?=\\{0,7}["'])/y;
/** Columns of a table, with lines between them or without. */
const COLUMN = /[ \t]{1,64}(?:\||\xe2\x94\x82)[ \t]{1,64}|[ \t]{2,64}/y;
const SETTING = /(?:\bset -\w{1,4}|\bsetenv|\bENV)[ \t]{1,4}$/;
const ELEMENT = />(?=[^<>\r\n]{4,256}<\/)/y;
const SENTENCE = /[ \t](?:(?:is generated )?for \S{1,64}:|(?:is|was):?)[ \t]/iy;
const FLAG_SEPARATOR = /[ \t]{1,4}/y;
const QUOTES = byteClass(..."\"'`");
const ENDS_BARE = byteClass("\0-\x1f", ..." \"'`,;&<>(){}[]|\\\x7f");
const ENDS_QUOTED = new Map([..."\"'`"].map((quote) => [quote, byteClass(quote, ..."\\\r\n\0")]));
const ENDS_VARIABLE = byteClass("\0-\x20", ..."\"'`\x7f");
/** What stands behind a value without quotes and belongs to what is around it. */
const BEHIND_VARIABLE = byteClass(..."\\;,)]}&|>");
const LONGEST_PIECE = 256;
const ENDS_SENTENCE = byteClass(...".!?");
/** In a longer value that is none, names near its start are not looked at again, or each would read all of it. */
const LONG_VALUE = 64;
const NAME = byteClass("A-Z", "a-z", "0-9", "_", ".", "-");
const BACKSLASH = byteClass("\\");
const LONGEST_NAME = 42;
/** What a separator begins with. */
const BEHIND_NAME = byteClass(..." \t\r\n\"'`\\],*[=:%>\xe2");
const BLANKS = byteClass(" ", "\t");
const OPENS_INNER = byteClass("{", "|", ">");
const BEFORE_FIELD = byteClass("\0-\x20", ..."\"'`");

/** How a value stands behind its name. */
interface Place {
  readonly name: string;
  /** `NAME=value` or `"name":"value"`, no blanks around the separator. */
  readonly isTight: boolean;
  readonly isFlag: boolean;
  /** Only what looks random is a secret here: nothing but its place says that the value belongs to the name. */
  readonly isLoose: boolean;
  /** `NAME=value` where a line or a word begins: nothing but a blank ends it. */
  readonly isVariable: boolean;
}

interface Value extends Place {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** The end of a name, as it is looked for. */
interface EndOfName {
  readonly literal: string;
  /** Of the name; a separator may stand behind it in the literal. */
  readonly length: number;
  /** Only as a word of its own. */
  readonly isWord: boolean;
  /** No suffix follows. */
  readonly isWhole: boolean;
  /** Names of other things end so, too. */
  readonly isVague: boolean;
}

function endOfName(literal: string): EndOfName {
  const { length } = literal.replace(/ ?[=:]$/, "");
  const isVague = literal.startsWith("_") && !literal.startsWith("_auth");
  return { literal, length, isWord: WORDS.includes(literal), isWhole: TIGHT.includes(literal), isVague };
}

const keysOf = (words: readonly string[]) =>
  words.flatMap((word) => ["key", "_key", "-key"].map((end) => word + end));
/** Looked for in base64 and hexadecimal, too. */
const USUAL = [...NAMES, ...keysOf(KEYS)];
const OTHERS = [
  ...MORE_NAMES,
  ...WORDS,
  ...TIGHT,
  ...keysOf(MORE_KEYS),
  ...[...KEYS, "unseal"].map((word) => `${word} key`),
];
const ENDS_OF_NAMES = [...USUAL, ...OTHERS].map(endOfName);
const BY_LITERAL = new Map(ENDS_OF_NAMES.map((end) => [end.literal, end]));

/** `password=…`, `"api_key": "…"`, `--token …`: a value whose name says that it is secret, unless it is code or a word. */
export const ASSIGNMENTS: Finder = {
  rule: "secret-assignment",
  kind: "secrets",
  label: "<redacted>",
  anchors: ENDS_OF_NAMES.map(({ literal }) => ({
    literal,
    anyCase: literal !== literal.toUpperCase(),
    plainOnly: OTHERS.includes(literal),
  })),
  find(text, at, { literal }) {
    const { length, isWord, isWhole, isVague } = BY_LITERAL.get(literal) ?? endOfName(literal);
    if (isWord && !beginsWord(text, at)) return nothing();
    const suffix = isWhole ? null : match(SUFFIX, text, at + length);
    const nameEnd = at + length + (suffix?.[0].length ?? 0);
    const nameStart = runStart(NAME, text, at, Math.max(0, at - LONGEST_NAME));
    const separator = separatorAt(text, nameStart, nameEnd);
    if (separator === null) return nothing();
    const isLoose = separator.isLoose || isVague || suffix?.[1]?.toLowerCase() === "s";
    return judge(text, nameEnd + separator.length, {
      ...separator,
      name: text.slice(nameStart, nameEnd),
      isLoose,
    });
  },
};

function beginsWord(text: string, at: number): boolean {
  return !/[A-Za-z]/.test(text[at - 1] ?? "") || /[a-z][A-Z][a-z]/.test(text.slice(at - 1, at + 2));
}

interface Separator extends Omit<Place, "name"> {
  readonly length: number;
}

const LOOSE = { isTight: false, isFlag: false, isLoose: true, isVariable: false };

/** What stands between a name and its value: `=`, `": "`, the end of an XML tag, "is"; blanks alone behind an option. */
function separatorAt(text: string, nameStart: number, at: number): Separator | null {
  // Mostly the name is another, longer one.
  if (!isIn(BEHIND_NAME, text, at)) return null;
  if (text[at] === ">")
    return match(ELEMENT, text, at) && { ...LOOSE, length: 1, isTight: true, isLoose: false };
  const isFlag = text.startsWith("--", nameStart);
  const sign = match(SEPARATOR, text, at);
  if (sign) {
    const { length } = sign[0];
    const inner = isIn(OPENS_INNER, text, at + length) ? matchEither(OBJECT, BLOCK, text, at + length) : null;
    if (inner !== null) return { ...LOOSE, length: length + inner.length };
    const isTight = sign[2] === "" && sign[4] === "";
    const isVariable = isTight && length === 1 && text[at] === "=" && beginsField(text, nameStart);
    return { length, isTight, isFlag, isLoose: false, isVariable };
  }
  if (!isIn(BLANKS, text, at)) {
    const field = matchEither(FIELD, LIST, text, at);
    return field === null ? null : { ...LOOSE, length: field.length };
  }
  const words = match(isFlag ? FLAG_SEPARATOR : SENTENCE, text, at);
  if (words) return { ...LOOSE, length: words[0].length, isFlag, isLoose: false };
  const isSetting = SETTING.test(text.slice(Math.max(0, nameStart - 12), nameStart));
  const blanks = match(isSetting ? FLAG_SEPARATOR : COLUMN, text, at);
  return blanks && { ...LOOSE, length: blanks[0].length };
}

function matchEither(first: RegExp, second: RegExp, text: string, at: number): string | null {
  return (match(first, text, at) ?? match(second, text, at))?.[0] ?? null;
}

/** Whether a line, a word or a string begins there. */
function beginsField(text: string, at: number): boolean {
  return at === 0 || isIn(BEFORE_FIELD, text, at - 1);
}

function judge(text: string, start: number, place: Place): Finding {
  const at = quoteEnd(text, start);
  // A mask or a label, of a pass before.
  if (text.startsWith("***", at) || text[start] === "<") return settled();
  const isQuoted = at > start;
  const isWhole = !isQuoted && (isWholeVariable(place) || isRestOfRow(text, at, place.name));
  const ends = (isQuoted && ENDS_QUOTED.get(text[at - 1] ?? "")) || (isWhole ? ENDS_VARIABLE : ENDS_BARE);
  const pieceEnd = untilAny(ends, text, at, at + LONGEST_PIECE);
  const last = isWhole ? runStart(BEHIND_VARIABLE, text, pieceEnd, at) : pieceEnd;
  const value = text.slice(at, runStart(ENDS_SENTENCE, text, last, at));
  if (!isSecret({ ...place, text: value, isQuoted })) {
    return nothing(value.length > LONG_VALUE ? at + value.length / 4 : 0);
  }
  const end = pieceEnd - at < LONGEST_PIECE ? at + value.length : endOf(ends, text, at + value.length);
  // `secret(` and `token[` are code.
  if (!isQuoted && (text[end] === "(" || text[end] === "[")) return nothing();
  return found(at, end);
}

/** Where a quote ends that may be escaped; `at` where none stands. */
function quoteEnd(text: string, at: number): number {
  const quote = runEnd(BACKSLASH, text, at, at + 7);
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
function isSecret({ text, name, isQuoted, isTight, isFlag, isLoose }: Value): boolean {
  const isPassword = /pass|pwd|pw$/i.test(name);
  if (text.length < (isPassword ? 6 : 8) || /[ \t-\r]/.test(text) || isPlaceholder(text)) return false;
  // The working directory, and no password.
  if (/pwd$/i.test(name) && /^[~/]/.test(text)) return false;
  const isAboutItself = /token|secret|passw|key|auth/i.test(text) && /^[a-z_.\-/]+\d{0,2}$/i.test(text);
  if (isAboutItself) return false;
  const hasDigit = /\d/.test(text);
  const hasLetter = /[a-z]/i.test(text);
  if (isLoose) return looksRandom(text) && text.length >= (isPassword ? 8 : 12);
  if (hasDigit && hasLetter) return isQuoted || isTight || isFlag || !isCode(text);
  if (hasDigit) return (isQuoted || isTight) && text.length >= 8 && !/[.:]/.test(text);
  if (isVariableName(name) && isTight && !isQuoted) return !/^[./~]/.test(text);
  if (isCode(text)) return text.length >= 24 && /[a-z][A-Z].*[a-z][A-Z].*[A-Z]{2}/.test(text);
  return (isQuoted || isTight || isFlag) && /[A-Z]/.test(text) && /[a-z]/.test(text);
}

function isWholeVariable({ isVariable, name }: Place): boolean {
  return isVariable && isVariableName(name);
}

/** A password, with signs or not, up to the end of its row; brackets are code. */
function isRestOfRow(text: string, at: number, name: string): boolean {
  if (!/pass|pwd/i.test(name)) return false;
  const end = untilAny(ENDS_VARIABLE, text, at, at + LONGEST_PIECE);
  return endsRow(text, end) && !/[(){}[\]<>\\]/.test(text.slice(at, end));
}

function isVariableName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]{2,}$/.test(name);
}

/** Letters and digits mixed, and no path, version, time, name with a number or pattern. */
function looksRandom(text: string): boolean {
  if (!/[a-z]/i.test(text) || !/\d/.test(text) || isCode(text)) return false;
  return !/^[~./]|^v?\d+[.:-]|^(?:[a-z]+[_-])+\d+$|[[\](){}\\^]/i.test(text);
}

/** Words, identifiers, members, paths. */
function isCode(text: string): boolean {
  return /^[.~$@]{0,3}_*[a-z]+(?:[._/:>-]+[a-z]+)*\d{0,2}[._:;?!/-]*$/i.test(text);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
