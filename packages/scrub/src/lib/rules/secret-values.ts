import { type ByteClass, byteClass, isIn, runEnd, runStart } from "../engine/byte-class.js";
import { type Finding, found, nothing, settled } from "../engine/finder.js";
import { endsRow } from "../engine/row-join.js";
import {
  isPasswordName,
  isSecretValue,
  isVariableName,
  type Look,
  type ValuePlace,
} from "../lexicon/secret-values.js";
import { isRandomKey } from "../lexicon/word-classes.js";
import type { Separator } from "./separators.js";

const QUOTES = byteClass(..."\"'`");
const ENDS_BARE = byteClass("\0-\x1f", ..." \"'`,;&<>(){}[]|\\\x7f");
const ENDS_QUOTED = new Map([..."\"'`"].map((quote) => [quote, byteClass(quote, ..."\\\r\n\0")]));
const ENDS_VARIABLE = byteClass("\0-\x20", ..."\"'`\x7f");
/** What follows a value without quotes and belongs to what is around it. */
const AFTER_VARIABLE = byteClass(..."\\;,)]}&|>");
const ENDS_ELEMENT = byteClass("<", "\0");
const SPACES = byteClass(..." \t\r\n");
const LONGEST_PIECE = 256;
const ENDS_SENTENCE = byteClass(...".!?");
/** In a longer value that is none, names near its start are not looked at again, or each would read all of it. */
const LONG_VALUE = 64;
/** `secret token=…`: another name follows, and that has a value. */
const BEGINS_NAMED = /^[\w.-]{1,24}[=:]/;
const BACKSLASH = byteClass("\\");

/** How a value comes after its name. */
export interface Place {
  readonly name: string;
  readonly separator: Separator;
  readonly look: Look;
}

/** The value that begins at `start`, if it is a secret one. */
export function secretValue(text: string, start: number, place: Place): Finding {
  const element = place.separator.isElement ? keyInElement(text, start) : null;
  if (element !== null) return element;
  const at = quoteEnd(text, start);
  // A mask or a label, of a pass before.
  if (text.startsWith("***", at) || text[start] === "<") return settled();
  const { end: first, next, ends } = at > start ? quotedValue(text, at, start) : bareValue(text, at, place);
  const value = text.slice(at, first);
  if (!isSecretValue(value, valuePlace(place, at > start))) {
    return nothing(value.length > LONG_VALUE && !BEGINS_NAMED.test(value) ? at + value.length / 4 : 0);
  }
  const end = next < at + LONGEST_PIECE ? first : endOf(ends, text, first);
  // `secret(` and `token[` are code.
  if (at === start && (text[end] === "(" || text[end] === "[")) return nothing();
  return found(at, end);
}

/** Of one shape, as thousands are made; a spread takes ten times as long. */
function valuePlace({ name, look, separator }: Place, isQuoted: boolean): ValuePlace {
  const { isTight, isFlag, isVariable, isSentence } = separator;
  return { name, look, isQuoted, isTight, isFlag, isVariable, isSentence };
}

/** Where a value ends, where what follows it begins, and what ends its kind. */
interface Extent {
  readonly end: number;
  readonly next: number;
  readonly ends: ByteClass;
}

function quotedValue(text: string, at: number, start: number): Extent {
  const ends = ENDS_QUOTED.get(text[at - 1] ?? "") ?? ENDS_BARE;
  const next = quotedEnd(ends, text, at, at + LONGEST_PIECE, at - 1 - start);
  return { end: withoutLineEnd(text, at, next), next, ends };
}

function bareValue(text: string, at: number, place: Place): Extent {
  const isWhole = isWholeVariable(place) || isRestOfRow(text, at, place.name);
  const ends = isWhole ? ENDS_VARIABLE : ENDS_BARE;
  const next = untilAny(ends, text, at, at + LONGEST_PIECE);
  const last = isWhole ? runStart(AFTER_VARIABLE, text, next, at) : next;
  return { end: runStart(ENDS_SENTENCE, text, last, at), next, ends };
}

/** The text of an element that holds a key, with other words or without; null if it holds none. */
function keyInElement(text: string, start: number): Finding | null {
  const end = untilAny(ENDS_ELEMENT, text, start, start + LONGEST_PIECE);
  const words = text.slice(start, end).split(/[\s{}]+/);
  return words.some(isRandomKey) ? found(start, runStart(SPACES, text, end, start)) : null;
}

/** Where a text in quotes ends without the escaped line end that a program prints after it. */
function withoutLineEnd(text: string, start: number, end: number): number {
  return end - 2 > start && text[end - 2] === "\\" && /[nrt]/.test(text[end - 1] ?? "") ? end - 2 : end;
}

/** Where a quote ends that may be escaped; `at` where none is. */
function quoteEnd(text: string, at: number): number {
  const quote = runEnd(BACKSLASH, text, at, at + 7);
  return isIn(QUOTES, text, quote) ? quote + 1 : at;
}

/**
 * Where a text in quotes ends: at the next quote that is escaped as the first one was. One that is escaped once more belongs to
 * the text, if the text goes on to its own end in its row.
 * @param ends the quote, the backslash, and ends of rows.
 */
function quotedEnd(ends: ByteClass, text: string, at: number, limit: number, escapes: number): number {
  const first = untilAny(ends, text, at, limit);
  let end = first;
  while (end < limit && text[end] === "\\") {
    const quote = runEnd(BACKSLASH, text, end, end + 16);
    const isClosing = isIn(QUOTES, text, quote) && quote - end <= escapes;
    if (isClosing || isRowEndOrText(text, quote)) return isClosing ? end : first;
    end = untilAny(ends, text, quote + 1, limit);
  }
  return isIn(QUOTES, text, end) || end >= limit ? end : first;
}

function isRowEndOrText(text: string, at: number): boolean {
  return at >= text.length || text.charCodeAt(at) < 0x20;
}

/** Where the first byte of a set is, `limit` or the text's end if there is none before. */
function untilAny(set: ByteClass, text: string, from: number, limit: number): number {
  const last = Math.min(limit, text.length);
  let end = Math.min(from, last);
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

function isWholeVariable({ separator, name }: Place): boolean {
  return separator.isVariable && isVariableName(name);
}

/** A password, with signs or not, up to the end of its row; brackets are code. */
function isRestOfRow(text: string, at: number, name: string): boolean {
  if (!isPasswordName(name)) return false;
  const end = untilAny(ENDS_VARIABLE, text, at, at + LONGEST_PIECE);
  return endsRow(text, end) && !/[(){}[\]<>\\]/.test(text.slice(at, end));
}
