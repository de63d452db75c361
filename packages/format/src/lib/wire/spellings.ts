import { skipValue } from "./json-scan.js";
import { type Scan, scanKey, skipSpace, startScan, take } from "./json-tokens.js";
import type { Shape } from "./shape.js";

/**
 * Holds, on one of the format's own objects, how its unknown fields are spelled in the text it was parsed from: `1.0` and
 * `9007199254740993` are not the same numbers once they are parsed. An object on the way to an unknown field has it too.
 */
const SPELLINGS: unique symbol = Symbol.for("cassette.spellings");

/** How an unknown field is spelled, and the value that was made of it. */
interface Spelling {
  json: string;
  value: unknown;
}

type Spellings = ReadonlyMap<string, Spelling>;

interface Spelled {
  [SPELLINGS]?: Spellings;
  [key: string]: unknown;
}

/** Whether a parsed record has unknown fields, in itself or in one of the format's own objects inside it. */
export function hasUnknownFields(object: object): boolean {
  return SPELLINGS in object;
}

/**
 * Notes on `value` how the unknown fields of `text` are spelled. Fields whose names a schema drops are put back.
 * @param text valid JSON of the given shape.
 * @param value what was parsed from it; it is changed.
 * @param parsed the same before the schema saw it.
 */
export function noteSpellings(text: string, shape: Shape, value: unknown, parsed: unknown): void {
  walk(startScan(text, { file: "" }), shape, value, parsed);
}

/** Walks one value; returns whether an unknown field is in it. */
function walk(scan: Scan, shape: Shape, value: unknown, parsed: unknown): boolean {
  skipSpace(scan);
  const opener = scan.text[scan.at];
  if (shape.kind === "array" && opener === "[") return walkArray(scan, shape.item, value, parsed);
  if (shape.kind === "object" && opener === "{") return walkObject(scan, shape.members, value, parsed);
  skipValue(scan, Number.POSITIVE_INFINITY);
  return false;
}

function walkObject(
  scan: Scan,
  members: ReadonlyMap<string, Shape>,
  value: unknown,
  parsed: unknown,
): boolean {
  const [object, source] = [value as Spelled, parsed as Record<string, unknown>];
  const spellings = new Map<string, Spelling>();
  let found = false;
  for (const key of keysOf(scan)) {
    const known = members.get(key);
    if (known) found = walk(scan, known, object[key], source[key]) || found;
    else {
      const start = scan.at;
      skipValue(scan, Number.POSITIVE_INFINITY);
      if (!Object.hasOwn(object, key)) define(object, key, source[key]);
      spellings.set(key, { json: scan.text.slice(start, scan.at), value: object[key] });
    }
  }
  if (found || spellings.size > 0) object[SPELLINGS] = spellings;
  return found || spellings.size > 0;
}

function walkArray(scan: Scan, item: Shape, value: unknown, parsed: unknown): boolean {
  const [list, source] = [value as unknown[], parsed as unknown[]];
  let found = false;
  scan.at++;
  skipSpace(scan);
  if (take(scan, "]")) return false;
  for (let index = 0; ; index++) {
    found = walk(scan, item, list[index], source[index]) || found;
    skipSpace(scan);
    if (!take(scan, ",")) break;
  }
  take(scan, "]");
  return found;
}

/** The keys of the map at hand; at each, the scan is at the value, which the caller passes over. */
function* keysOf(scan: Scan): Generator<string, void> {
  scan.at++;
  skipSpace(scan);
  if (take(scan, "}")) return;
  do {
    const key = scanKey(scan);
    skipSpace(scan);
    yield key;
    skipSpace(scan);
  } while (take(scan, ","));
  take(scan, "}");
}

/** `__proto__` is a key like others. */
function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** The text of an unknown field, if its value is still the one that was parsed from it. */
export function spellingOf(object: object, key: string): string | null {
  const spelling = (object as Spelled)[SPELLINGS]?.get(key);
  return spelling && Object.is(spelling.value, (object as Spelled)[key]) ? spelling.json : null;
}

/** Names of the unknown fields of one of the format's own objects: as they were read, then what was added. */
export function unknownNames(object: object, members: ReadonlyMap<string, Shape>): string[] {
  const read = [...((object as Spelled)[SPELLINGS]?.keys() ?? [])];
  const names = new Set([...read, ...Object.keys(object)]);
  return [...names].filter((name) => !members.has(name) && Object.hasOwn(object, name));
}

/**
 * Lets `change` look at the unknown fields of each of the format's own objects in a parsed record.
 * @param change receives an object's unknown fields as the text of one JSON map; returns null to keep them, else what
 * replaces them.
 * @returns the record itself where all were kept, else a copy.
 */
export function mapUnknownFields<T extends object>(
  record: T,
  change: (json: string) => Record<string, unknown> | null,
): T {
  const spellings = (record as Spelled)[SPELLINGS];
  if (!spellings) return record;
  let copy: Spelled = record as Spelled;
  for (const [key, value] of Object.entries(record)) {
    if (spellings.has(key) || typeof value !== "object" || value === null) continue;
    const changed: object = mapUnknownFields(value, change);
    if (changed !== value) copy = { ...copy, [key]: changed };
  }
  const fields = [...spellings].map(([key, { json }]) => `${JSON.stringify(key)}:${json}`);
  const changed = fields.length > 0 ? change(`{${fields.join(",")}}`) : null;
  return (changed ? replaceUnknown(copy, spellings, changed) : copy) as T;
}

function replaceUnknown(object: Spelled, spellings: Spellings, changed: Record<string, unknown>): Spelled {
  const copy: Spelled = { ...object, [SPELLINGS]: new Map() };
  for (const key of spellings.keys()) delete copy[key];
  for (const [key, value] of Object.entries(changed)) {
    // A label may have made a name of the format's own.
    if (!Object.hasOwn(copy, key)) define(copy, key, value);
  }
  return copy;
}
