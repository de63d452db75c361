import type { CassetteError } from "../error.js";
import { NUMBERS_ISSUE } from "./fields.js";
import { foldCase } from "./fold-case.js";
import {
  expect,
  failure,
  type NumberRule,
  type Scan,
  scanKey,
  scanScalar,
  skipSpace,
  startScan,
  syntaxError,
  type TextLocation,
  take,
} from "./json-tokens.js";
import type { ObjectShape, Shape } from "./shape.js";

/** The limit of the Go implementation. */
const MAX_DEPTH = 10_000;
// Limits what `JSON.parse` builds: in memory an empty map takes thirty times its two bytes, and a key more. Far
// above what a screen of 500 rows and columns with all its cells needs. A payload is not parsed and has no such limit.
const MAX_CONTAINERS = 500_000;
const MAX_FREE_KEYS = 200_000;
/** Members of one of the format's own objects, unknown ones included. */
const MAX_OWN_KEYS = 1_000;
/** What a scan finds besides faults. */
export type ScannedJson = Pick<Scan, "payload" | "hasUnknown">;

const INTEGERS: NumberRule = {
  accepts: (spelled) => /^-?[0-9]+$/.test(spelled),
  fault: " is not written as an integer",
};
const FINITE: NumberRule = {
  accepts: (spelled) => Number.isFinite(Number(spelled)),
  fault: `: ${NUMBERS_ISSUE}`,
};
const NUMBER_RULES: { readonly [Kind in Shape["kind"]]?: NumberRule } = {
  integer: INTEGERS,
  "integer-map": INTEGERS,
  "free-map": FINITE,
};

/**
 * Checks that `text` is one JSON value and nothing else, and that the format's own objects in it (those `shape`
 * describes) have no key twice, none that differs from a known one only by case, and numbers spelled as their types want.
 * A number is judged even where a later equal key of a free map replaces it.
 * @throws CassetteError CASSETTE_JSON_INVALID, CASSETTE_JSON_TRUNCATED, CASSETTE_KEY_INVALID, CASSETTE_FIELD_INVALID,
 * CASSETTE_LIMIT_EXCEEDED.
 */
export function scanJson(text: string, shape: Shape, where: TextLocation): ScannedJson {
  const scan = startScan(text, where);
  scanValue(scan, shape, "");
  skipSpace(scan);
  if (scan.at < text.length) throw syntaxError(scan, "something follows the JSON value");
  return scan;
}

function scanValue(scan: Scan, shape: Shape, path: string): void {
  skipSpace(scan);
  const char = scan.text[scan.at];
  if (shape.kind === "object" && char === "{") {
    scan.depth++;
    scanObject(scan, shape, path);
    scan.depth--;
  } else if (shape.kind === "array" && char === "[") {
    scan.depth++;
    scanArray(scan, shape.item, path);
    scan.depth--;
  } else if (shape.kind === "json") scanPayload(scan);
  else skipNumbers(scan, NUMBER_RULES[shape.kind], path);
}

/** Skips a value all of whose numbers must keep to a rule. */
function skipNumbers(scan: Scan, rule: NumberRule | undefined, path: string): void {
  scan.numberRule = rule ?? null;
  scan.numbersIn = path;
  skipValue(scan);
  scan.numberRule = null;
}

/** Skips a payload, which is kept as text. */
function scanPayload(scan: Scan): void {
  const { at: start, containers, freeKeys } = scan;
  skipValue(scan, Number.POSITIVE_INFINITY);
  scan.payload = { start, end: scan.at };
  scan.containers = containers;
  scan.freeKeys = freeKeys;
}

function scanObject(scan: Scan, shape: ObjectShape, path: string): void {
  const seen = new Set<string>();
  countContainer(scan, MAX_CONTAINERS);
  scan.at++;
  skipSpace(scan);
  if (take(scan, "}")) return;
  do {
    skipSpace(scan);
    const start = scan.at;
    const key = scanKey(scan);
    const known = shape.members.get(key);
    const fault = faultOf(key, seen, shape);
    if (fault !== null)
      throw failure(scan, "CASSETTE_KEY_INVALID", `a key of ${path || "the record"} ${fault}`, start);
    scan.hasUnknown ||= known === undefined;
    if (seen.add(key).size > MAX_OWN_KEYS) throw tooMuch(scan, `more than ${MAX_OWN_KEYS} keys`);
    scanValue(scan, known ?? ANY, known === undefined ? path : join(path, key));
    skipSpace(scan);
  } while (take(scan, ","));
  expect(scan, "}");
}

function faultOf(key: string, seen: ReadonlySet<string>, { members, folded }: ObjectShape): string | null {
  if (seen.has(key)) return "occurs twice";
  return !members.has(key) && folded.has(foldCase(key)) ? "is known but for its case" : null;
}

function scanArray(scan: Scan, item: Shape, path: string): void {
  countContainer(scan, MAX_CONTAINERS);
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

/**
 * Skips one value of any shape without recursion, so that depth costs no stack.
 * @param most maximum number of containers and keys in the value.
 */
export function skipValue(scan: Scan, most = MAX_CONTAINERS): void {
  const closers: ("}" | "]")[] = [];
  for (;;) {
    skipSpace(scan);
    if (openContainer(scan, closers, most)) continue;
    while (closers.length > 0) {
      skipSpace(scan);
      const closer = closers[closers.length - 1];
      if (take(scan, ",")) {
        if (closer === "}") scanFreeKey(scan, most);
        break;
      }
      if (closer === undefined || !take(scan, closer))
        throw syntaxError(scan, "a comma or bracket is missing");
      closers.pop();
    }
    if (closers.length === 0) return;
  }
}

/** Steps into a non-empty list or map and returns true; otherwise skips a scalar or an empty one. */
function openContainer(scan: Scan, closers: ("}" | "]")[], most: number): boolean {
  const char = scan.text[scan.at];
  if (char !== "{" && char !== "[") {
    scanScalar(scan);
    return false;
  }
  countContainer(scan, most);
  if (scan.depth + closers.length >= MAX_DEPTH) throw tooMuch(scan, `more than ${MAX_DEPTH} levels`);
  scan.at++;
  const closer = char === "{" ? "}" : "]";
  skipSpace(scan);
  if (take(scan, closer)) return false;
  closers.push(closer);
  if (closer === "}") scanFreeKey(scan, most);
  return true;
}

function countContainer(scan: Scan, most: number): void {
  if (++scan.containers > most) throw tooMuch(scan, `more than ${most} lists and maps`);
}

function scanFreeKey(scan: Scan, most: number): void {
  scanKey(scan);
  if (++scan.freeKeys > MAX_FREE_KEYS && Number.isFinite(most)) {
    throw tooMuch(scan, `more than ${MAX_FREE_KEYS} keys`);
  }
}

function tooMuch(scan: Scan, what: string): CassetteError {
  return failure(scan, "CASSETTE_LIMIT_EXCEEDED", `JSON has ${what}`, scan.at);
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
