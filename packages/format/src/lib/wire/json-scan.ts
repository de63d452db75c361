import { CassetteError } from "../error.js";
import type { ObjectShape, Shape } from "./shape.js";

/** Where a text stands, for errors. */
export interface TextLocation {
  /** Path as the caller knows it. */
  file: string;
  /** Line of the text's first character, from 1. */
  line?: number;
}

/** What a scan found out that `JSON.parse` cannot tell. */
export interface ScanResult {
  /** Text of the value whose shape is "json" (a payload). */
  json: string | null;
}

/** A text and how far it was scanned. */
export interface Scan {
  readonly text: string;
  readonly where: TextLocation;
  at: number;
  json: string | null;
}

/** As deep as the Go implementation reads. */
const MAX_DEPTH = 10_000;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const INTEGER = /^-?[0-9]+$/;
const HEX4 = /[0-9a-fA-F]{4}/y;

/**
 * Checks that `text` is one JSON value and nothing else, and that the format's own objects in it (those `shape`
 * describes) have no key twice, none that differs from a known one only by case, and integers spelled as integers.
 * @throws CassetteError CASSETTE_JSON_INVALID, CASSETTE_JSON_TRUNCATED, CASSETTE_KEY_INVALID, CASSETTE_FIELD_INVALID,
 * CASSETTE_LIMIT_EXCEEDED.
 */
export function scanJson(text: string, shape: Shape, where: TextLocation): ScanResult {
  const scan: Scan = { text, where, at: 0, json: null };
  scanValue(scan, shape, "");
  skipSpace(scan);
  if (scan.at < text.length) throw syntaxError(scan, "something follows the JSON value");
  return { json: scan.json };
}

function scanValue(scan: Scan, shape: Shape, path: string): void {
  skipSpace(scan);
  const start = scan.at;
  const char = scan.text[start];
  if (shape.kind === "object" && char === "{") scanObject(scan, shape, path);
  else if (shape.kind === "array" && char === "[") scanArray(scan, shape.item, path);
  else skipValue(scan);
  if (shape.kind === "integer" && isFloat(scan.text, start, scan.at)) {
    throw failure(scan, "CASSETTE_FIELD_INVALID", `${path} is not written as an integer`, start);
  }
  if (shape.kind === "json") scan.json = scan.text.slice(start, scan.at);
}

function scanObject(scan: Scan, shape: ObjectShape, path: string): void {
  const seen = new Set<string>();
  scan.at++;
  skipSpace(scan);
  if (take(scan, "}")) return;
  do {
    skipSpace(scan);
    const start = scan.at;
    const key = scanKey(scan);
    const known = shape.members.get(key);
    if (seen.has(key))
      throw failure(scan, "CASSETTE_KEY_INVALID", `a key of ${path || "the record"} stands twice`, start);
    if (known === undefined && shape.folded.has(foldCase(key))) {
      throw failure(
        scan,
        "CASSETTE_KEY_INVALID",
        `a key of ${path || "the record"} is known but for its case`,
        start,
      );
    }
    seen.add(key);
    scanValue(scan, known ?? ANY, known === undefined ? path : join(path, key));
    skipSpace(scan);
  } while (take(scan, ","));
  expect(scan, "}");
}

function scanArray(scan: Scan, item: Shape, path: string): void {
  scan.at++;
  skipSpace(scan);
  if (take(scan, "]")) return;
  do {
    scanValue(scan, item, path);
    skipSpace(scan);
  } while (take(scan, ","));
  expect(scan, "]");
}

const ANY: Shape = { kind: "any" };

/** Passes over one value of any shape without recursion, so that depth costs no stack. */
export function skipValue(scan: Scan): void {
  const closers: ("}" | "]")[] = [];
  for (;;) {
    skipSpace(scan);
    if (openContainer(scan, closers)) continue;
    while (closers.length > 0) {
      skipSpace(scan);
      const closer = closers[closers.length - 1];
      if (take(scan, ",")) {
        if (closer === "}") scanKey(scan);
        break;
      }
      if (closer === undefined || !take(scan, closer))
        throw syntaxError(scan, "a comma or bracket is missing");
      closers.pop();
    }
    if (closers.length === 0) return;
  }
}

/** Steps into a non-empty list or map and returns true; else passes over a scalar or an empty one. */
function openContainer(scan: Scan, closers: ("}" | "]")[]): boolean {
  const char = scan.text[scan.at];
  if (char !== "{" && char !== "[") {
    scanScalar(scan);
    return false;
  }
  scan.at++;
  const closer = char === "{" ? "}" : "]";
  skipSpace(scan);
  if (take(scan, closer)) return false;
  if (closers.push(closer) > MAX_DEPTH) {
    throw failure(scan, "CASSETTE_LIMIT_EXCEEDED", `JSON nests deeper than ${MAX_DEPTH} levels`, scan.at);
  }
  if (closer === "}") scanKey(scan);
  return true;
}

function scanScalar(scan: Scan): void {
  const char = scan.text[scan.at];
  if (char === '"') scanString(scan);
  else if (char === "t") scanWord(scan, "true");
  else if (char === "f") scanWord(scan, "false");
  else if (char === "n") scanWord(scan, "null");
  else scanNumber(scan);
}

function scanNumber(scan: Scan): void {
  NUMBER.lastIndex = scan.at;
  if (!NUMBER.test(scan.text)) throw syntaxError(scan, "a value is expected");
  scan.at = NUMBER.lastIndex;
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

/** Passes over a string; tells whether it holds escapes. */
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
      throw syntaxError(scan, "a control character stands in a string");
    }
  }
  scan.at = at + 1;
  return escaped;
}

/** Passes over the escape that begins at `at`; returns where it ends. */
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

function expect(scan: Scan, char: string): void {
  if (!take(scan, char)) throw syntaxError(scan, `"${char}" is expected`);
}

/** A number that is not a plain integer literal; other tokens are judged by the schema. */
function isFloat(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  if (first !== 0x2d && (first < 0x30 || first > 0x39)) return false;
  return !INTEGER.test(text.slice(start, end));
}

/** Folds case as Go's decoder does when it matches keys (U+212A and U+017F included). */
export function foldCase(key: string): string {
  return key.toUpperCase().toLowerCase();
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function syntaxError(scan: Scan, what: string): CassetteError {
  if (scan.at < scan.text.length) return failure(scan, "CASSETTE_JSON_INVALID", `Not JSON: ${what}`, scan.at);
  const empty = scan.text.trim() === "";
  return failure(
    scan,
    "CASSETTE_JSON_TRUNCATED",
    empty ? "It is empty" : "It ends inside a JSON value",
    scan.at,
  );
}

function failure(
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
