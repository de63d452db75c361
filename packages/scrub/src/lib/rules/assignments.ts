import { byteClass, isIn, runEnd, runStart, SMALL_LETTERS } from "../engine/byte-class.js";
import { type Anchor, type Finder, type Finding, nothing, settled } from "../engine/finder.js";
import { matchAt } from "../engine/match-at.js";
import {
  SECRET_KEYS,
  SECRET_WORDS,
  type Secrecy,
  secrecyOf,
  WHOLE_WORDS,
  WORDS_AFTER_A_WORD,
} from "../lexicon/secret-names.js";
import { isVariableName, type Look, stricter } from "../lexicon/secret-values.js";
import { secretValue } from "./secret-values.js";
import { separatorAt } from "./separators.js";

/** Whole ends of names, up to their separator. */
const TIGHT = ["_auth=", "_auth =", "_COOKIE=", "_SESSION=", "JWT=", "secret_id=", "secret_id:"];

const SUFFIX =
  /(?:[_-]?(?:access[_-]?)?key|[_-]?value|[_-]?base(?:64)?|[_-]?phrase)?(s(?![a-z])|[_ ]?\d{1,2}(?![\da-z.-])|_(?:prod|production|staging|dev|test|live|readonly|ro|rw|old|new))?/iy;
const NAME = byteClass("A-Z", "a-z", "0-9", "_", ".", "-");
/** A name may follow one of these. */
const SEPARATES_WORDS = byteClass("_", "-", ".", " ");
const ASSIGNS = byteClass(..."=:\"'");
const LONGEST_NAME = 42;
const LONGEST_SUFFIX = 12;
/** After what the end of a row broke: that end, blanks, a border, a backslash. */
const AFTER_BROKEN = byteClass(..." \t\r\n\0|\\\xe2");
/** `key`, by which all keys are noticed in plain text. */
const KEY = "key";

/** The end of a name, as it is looked for. */
interface EndOfName {
  readonly literal: string;
  /** Of the name; a separator may follow it in the literal. */
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
  return {
    literal,
    length,
    isWord: WHOLE_WORDS.includes(literal),
    isWhole: TIGHT.includes(literal),
    isVague,
  };
}

/** Found in plain text by `key` alone: looked for where they are broken, and in base64 and hexadecimal. */
const SPELLED_KEYS = SECRET_KEYS.flatMap((word) => ["key", "_key", "-key"].map((end) => word + end));
const PLAIN = [
  ...SECRET_WORDS,
  ...WHOLE_WORDS,
  ...WORDS_AFTER_A_WORD.map((word) => `_${word}`),
  ...TIGHT,
  KEY,
];
const BY_LITERAL = new Map([...PLAIN, ...SPELLED_KEYS].map((literal) => [literal, endOfName(literal)]));
/** So many of each list are looked for in base64 and hexadecimal: each look costs every start of a program. */
const ENCODED = new Set([
  ...SECRET_WORDS.slice(0, 7),
  ...SECRET_KEYS.slice(0, 9).flatMap((word) => [`${word}key`, `${word}_key`, `${word}-key`]),
]);

const ANCHORS: readonly Anchor[] = [...PLAIN, ...SPELLED_KEYS].map((literal) => ({
  literal,
  anyCase: literal !== literal.toUpperCase(),
  plainOnly: !ENCODED.has(literal),
  brokenOnly: SPELLED_KEYS.includes(literal),
}));

/** `password=…`, `"api_key": "…"`, `--token …`: a value whose name says that it is secret, unless it is code or a word. */
export const ASSIGNMENTS: Finder = {
  rule: "secret-assignment",
  kind: "secrets",
  label: "<redacted>",
  anchors: ANCHORS,
  find(text, at, { literal }) {
    const end = BY_LITERAL.get(literal) ?? endOfName(literal);
    if (end.isWord && !beginsWord(text, at)) return nothing();
    const suffix =
      end.isWhole || isBeforeText(text, at + end.length) ? null : matchAt(SUFFIX, text, at + end.length);
    const nameEnd = at + end.length + (suffix?.[0].length ?? 0);
    if (isOtherName(text, at, nameEnd)) return settled();
    const nameStart = runStart(NAME, text, at, Math.max(0, at - LONGEST_NAME));
    if (literal === KEY) return keyValue(text, at, nameStart, nameEnd);
    const name = text.slice(nameStart, nameEnd);
    const isPlural = suffix?.[1]?.toLowerCase() === "s";
    const isLoose = isPlural || (end.isVague && !isVariableName(name));
    return valueAfter(text, name, nameStart, nameEnd, isLoose ? "generated" : "any");
  },
};

/** The value of something whose name ends in `key`: of what it is the key decides. */
/** Whether a blank and a letter follow: mostly the name is a word of a sentence. */
function isBeforeText(text: string, at: number): boolean {
  return text[at] === " " && isIn(SMALL_LETTERS, text, at + 1);
}

function keyValue(text: string, at: number, nameStart: number, nameEnd: number): Finding {
  if (nameStart < at) {
    const name = text.slice(nameStart, nameEnd);
    const secrecy = knownSecrecyOf(name);
    if (secrecy === "none") return nothing();
    return valueAfter(text, name, nameStart, nameEnd, secrecy === "likely" ? "key" : "any");
  }
  const isSpaced = text[at - 1] === " " && isIn(NAME, text, at - 2);
  const start = isSpaced ? runStart(NAME, text, at - 1, Math.max(0, at - LONGEST_NAME)) : at;
  if (start < at && knownSecrecyOf(text.slice(start, nameEnd)) === "secret")
    return valueAfter(text, text.slice(start, nameEnd), start, nameEnd, "any");
  // By itself it is the key of anything: of a cache, a list, a file.
  return isIn(ASSIGNS, text, nameEnd) ? valueAfter(text, KEY, at, nameEnd, "mixed key") : nothing();
}

const MOST_NAMES = 1_000;
const namesOfKeys = new Map<string, Secrecy>();

/** Thousands of keys have a few names. */
function knownSecrecyOf(name: string): Secrecy {
  const known = namesOfKeys.get(name);
  if (known !== undefined) return known;
  if (namesOfKeys.size === MOST_NAMES) namesOfKeys.clear();
  const secrecy = secrecyOf(name);
  namesOfKeys.set(name, secrecy);
  return secrecy;
}

function valueAfter(text: string, name: string, nameStart: number, nameEnd: number, look: Look): Finding {
  const separator = separatorAt(text, nameStart, nameEnd);
  if (separator === null) return nothing();
  const isVariable = separator.isTight && isVariableName(name);
  const ofName = look === "key" && isVariable ? "generated" : look;
  const place = { name, separator, look: stricter(ofName, separator.look) };
  return secretValue(text, nameEnd + separator.length, place);
}

/** Whether a name goes on, in its row, to something else than the end of that: `secret_id`, `token.type`. */
function isOtherName(text: string, start: number, nameEnd: number): boolean {
  const end = runEnd(NAME, text, start, nameEnd + LONGEST_SUFFIX);
  return end > nameEnd && !isIn(AFTER_BROKEN, text, end);
}

function beginsWord(text: string, at: number): boolean {
  if (isIn(SEPARATES_WORDS, text, at - 1)) return true;
  return !/[A-Za-z]/.test(text[at - 1] ?? "") || /[a-z][A-Z][a-z]/.test(text.slice(at - 1, at + 2));
}
