import { CassetteError } from "../error.js";

/** Location of a text, for errors. */
export interface TextLocation {
  /** Path as the caller knows it. */
  file: string;
  /** Line of the text's first character, from 1. */
  line?: number;
}

/** Position in a text of the value whose shape is "json" (a payload). */
export interface PayloadRange {
  start: number;
  end: number;
}

/** How the numbers of a value must be spelled. */
export interface NumberRule {
  accepts(spelled: string): boolean;
  /** What the error says after the path. */
  fault: string;
}

/** A text and the position of its scan. */
export interface Scan {
  readonly text: string;
  readonly where: TextLocation;
  at: number;
  payload: PayloadRange | null;
  /** One of the format's own objects has a field that version 1 does not know. */
  hasUnknown: boolean;
  /** Lists and maps so far. */
  containers: number;
  /** The format's own objects and lists around the position. */
  depth: number;
  /** Of the numbers that are passed, which are those of the value at the path {@link numbersIn}. */
  numberRule: NumberRule | null;
  numbersIn: string;
  /** Keys so far of maps that are not the format's own. */
  freeKeys: number;
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** The end of a number that is not complete. */
const NUMBER_BEGUN = /(?:-|\.|[eE][+-]?)$/y;
const HEX4 = /[0-9a-fA-F]{4}/y;

/** Starts a scan at the beginning of a text. */
export function startScan(text: string, where: TextLocation): Scan {
  return {
    text,
    where,
    at: 0,
    payload: null,
    hasUnknown: false,
    containers: 0,
    depth: 0,
    numberRule: null,
    numbersIn: "",
    freeKeys: 0,
  };
}

export function scanScalar(scan: Scan): void {
  const char = scan.text[scan.at];
  if (char === '"') scanString(scan);
  else if (char === "t") scanWord(scan, "true");
  else if (char === "f") scanWord(scan, "false");
  else if (char === "n") scanWord(scan, "null");
  else scanNumber(scan);
}

function scanNumber(scan: Scan): void {
  const { text, at: start, numberRule } = scan;
  NUMBER.lastIndex = start;
  const isNumber = NUMBER.test(text);
  if (isNumber) scan.at = NUMBER.lastIndex;
  if (skipBegun(scan) || !isNumber) throw syntaxError(scan, "a value is expected");
  if (numberRule === null || numberRule.accepts(text.slice(start, scan.at))) return;
  throw failure(scan, "CASSETTE_FIELD_INVALID", `${scan.numbersIn}${numberRule.fault}`, start);
}

/** Skips the end of a text that breaks off in a number; returns whether it does. */
function skipBegun(scan: Scan): boolean {
  NUMBER_BEGUN.lastIndex = scan.at;
  if (!NUMBER_BEGUN.test(scan.text)) return false;
  scan.at = scan.text.length;
  return true;
}

function scanWord(scan: Scan, word: string): void {
  for (const char of word) if (!take(scan, char)) throw syntaxError(scan, "a value is expected");
}

/** A key with its colon. */
export function scanKey(scan: Scan): string {
  skipSpace(scan);
  if (scan.text[scan.at] !== '"') throw syntaxError(scan, "a key is expected");
  const start = scan.at;
  const escaped = scanString(scan);
  const key = escaped
    ? (JSON.parse(scan.text.slice(start, scan.at)) as string)
    : scan.text.slice(start + 1, scan.at - 1);
  skipSpace(scan);
  expect(scan, ":");
  return key;
}

/** Skips a string; returns whether it contains escapes. */
function scanString(scan: Scan): boolean {
  const { text } = scan;
  let escaped = false;
  let at = scan.at + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x22) break;
    if (code === 0x5c) {
      escaped = true;
      at = scanEscape(scan, at);
    } else if (code >= 0x20) at++;
    else {
      scan.at = Math.min(at, text.length);
      throw syntaxError(scan, "a string contains a control character");
    }
  }
  scan.at = at + 1;
  return escaped;
}

/** Skips the escape that begins at `at`; returns the index of its end. */
function scanEscape(scan: Scan, at: number): number {
  const char = scan.text[at + 1];
  scan.at = Math.min(at + 1, scan.text.length);
  if (char === "u") {
    HEX4.lastIndex = at + 2;
    if (HEX4.test(scan.text)) return at + 6;
    if (scan.text.length < at + 6) scan.at = scan.text.length;
  } else if (char !== undefined && '"\\/bfnrt'.includes(char)) return at + 2;
  throw syntaxError(scan, "an escape is not one of JSON's");
}

export function skipSpace(scan: Scan): void {
  for (;;) {
    const code = scan.text.charCodeAt(scan.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    scan.at++;
  }
}

export function take(scan: Scan, char: string): boolean {
  if (scan.text[scan.at] !== char) return false;
  scan.at++;
  return true;
}

export function expect(scan: Scan, char: string): void {
  if (!take(scan, char)) throw syntaxError(scan, `"${char}" is expected`);
}

export function syntaxError(scan: Scan, what: string): CassetteError {
  if (scan.at < scan.text.length) return failure(scan, "CASSETTE_JSON_INVALID", `Not JSON: ${what}`, scan.at);
  const empty = scan.text.trim() === "";
  return failure(
    scan,
    "CASSETTE_JSON_TRUNCATED",
    empty ? "It is empty" : "The JSON value is incomplete",
    scan.at,
  );
}

export function failure(
  scan: Scan,
  code:
    | "CASSETTE_JSON_INVALID"
    | "CASSETTE_JSON_TRUNCATED"
    | "CASSETTE_KEY_INVALID"
    | "CASSETTE_FIELD_INVALID"
    | "CASSETTE_LIMIT_EXCEEDED",
  what: string,
  at: number,
): CassetteError {
  const { file, line = 1 } = scan.where;
  let newlines = 0;
  for (let i = scan.text.indexOf("\n"); i !== -1 && i < at; i = scan.text.indexOf("\n", i + 1)) newlines++;
  return new CassetteError(code, `${what}.`, { file, line: line + newlines });
}
