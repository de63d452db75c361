import { type ByteClass, byteClass, isIn, runEnd, runStart } from "../engine/byte-class.js";
import { type Finding, found, nothing, settled } from "../engine/finder.js";
import { endsRow } from "../engine/row-join.js";
import { isPlaceholder } from "./placeholder.js";
import type { Separator } from "./separators.js";

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
const BACKSLASH = byteClass("\\");

/** How a value stands behind its name. */
export interface Place {
  readonly name: string;
  readonly separator: Separator;
  /** Only what looks random is a secret here. */
  readonly isLoose: boolean;
}

/** The value that begins at `start`, if it is a secret one. */
export function secretValue(text: string, start: number, place: Place): Finding {
  const at = quoteEnd(text, start);
  // A mask or a label, of a pass before.
  if (text.startsWith("***", at) || text[start] === "<") return settled();
  const isQuoted = at > start;
  const isWhole = !isQuoted && (isWholeVariable(place) || isRestOfRow(text, at, place.name));
  const ends = (isQuoted && ENDS_QUOTED.get(text[at - 1] ?? "")) || (isWhole ? ENDS_VARIABLE : ENDS_BARE);
  const pieceEnd = untilAny(ends, text, at, at + LONGEST_PIECE);
  const last = isWhole ? runStart(BEHIND_VARIABLE, text, pieceEnd, at) : pieceEnd;
  const value = text.slice(at, runStart(ENDS_SENTENCE, text, last, at));
  if (!isSecret(value, isQuoted, place)) {
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
function isSecret(text: string, isQuoted: boolean, { name, separator, isLoose }: Place): boolean {
  const { isTight, isFlag } = separator;
  const isPassword = /pass|pwd|pw$/i.test(name);
  if (text.length < (isPassword ? 6 : 8)) return false;
  const isBare = isTight && !isQuoted && isVariableName(name);
  // Most of what stands behind a name: a word, or several.
  if (!isBare && !/[A-Z\d]/.test(text)) return false;
  if (/[ \t-\r]/.test(text) || isPlaceholder(text)) return false;
  // The working directory, and no password.
  if (/pwd$/i.test(name) && /^[~/]/.test(text)) return false;
  const isAboutItself = /token|secret|passw|key|auth/i.test(text) && /^[a-z_.\-/]+\d{0,2}$/i.test(text);
  if (isAboutItself) return false;
  const hasDigit = /\d/.test(text);
  const hasLetter = /[a-z]/i.test(text);
  if (isLoose) return looksGenerated(text) && text.length >= (isPassword ? 8 : 12);
  if (hasDigit && hasLetter) return isQuoted || isTight || isFlag || !isCode(text);
  if (hasDigit) return (isQuoted || isTight) && text.length >= 8 && !/[.:]/.test(text);
  if (isBare) return !/^[./~]/.test(text);
  if (isCode(text)) return text.length >= 24 && /[a-z][A-Z].*[a-z][A-Z].*[A-Z]{2}/.test(text);
  return (isQuoted || isTight || isFlag) && /[A-Z]/.test(text) && /[a-z]/.test(text);
}

function isWholeVariable({ separator, name }: Place): boolean {
  return separator.isVariable && isVariableName(name);
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
function looksGenerated(text: string): boolean {
  if (!/[a-z]/i.test(text) || !/\d/.test(text) || isCode(text)) return false;
  return !/^[~./]|^v?\d+[.:-]|^(?:[a-z]+[_-])+\d+$|[[\](){}\\^]/i.test(text);
}

/** Words, identifiers, members, paths. */
function isCode(text: string): boolean {
  return /^[.~$@]{0,3}_*[a-z]+(?:[._/:>-]+[a-z]+)*\d{0,2}[._:;?!/-]*$/i.test(text);
}
