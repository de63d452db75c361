import { CassetteError } from "../error.js";

/** How deep a value may nest to be written; deeper ones would exhaust the stack when printed. */
const MAX_DEPTH = 1_000;

/** Layout of a JSON text: compact, or indented by two spaces as the `.json` artifacts are. */
export type Layout = "compact" | "indented";

/** Encodes any JSON value as version 1 writes it: keys sorted by UTF-8 bytes, Go's escapes, JavaScript's numbers. */
export function encodeValue(value: unknown, layout: Layout, depth = 0): string {
  if (depth > MAX_DEPTH) throw unwritable("nests too deeply or refers to itself");
  if (value === null || value === undefined) return "null";
  if (typeof value !== "object") return encodeScalar(value);
  if (hasToJson(value)) return encodeValue(value.toJSON(), layout, depth + 1);
  if (Array.isArray(value)) {
    const items = value.map((item) => encodeValue(item, layout, depth + 1));
    return encloseJson("[", items, "]", layout, depth);
  }
  return encodeMap(value as Record<string, unknown>, layout, depth);
}

function encodeScalar(value: unknown): string {
  if (typeof value === "string") return encodeString(value);
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "boolean") return String(value);
  throw unwritable(`is of type ${typeof value}`);
}

function encodeMap(map: Record<string, unknown>, layout: Layout, depth: number): string {
  const members = Object.keys(map)
    .filter((key) => map[key] !== undefined)
    .sort(compareUtf8)
    .map((key) => encodeMember(key, encodeValue(map[key], layout, depth + 1), layout));
  return encloseJson("{", members, "}", layout, depth);
}

/** One `"key":value`, spaced as the layout wants. */
export function encodeMember(key: string, encodedValue: string, layout: Layout): string {
  return `${encodeString(key)}${layout === "compact" ? ":" : ": "}${encodedValue}`;
}

/** Puts encoded items between brackets; those of an empty list or map have nothing between them. */
export function encloseJson(
  open: string,
  items: readonly string[],
  close: string,
  layout: Layout,
  depth: number,
): string {
  if (items.length === 0 || layout === "compact") return open + items.join(",") + close;
  const pad = "  ".repeat(depth + 1);
  return `${open}\n${pad}${items.join(`,\n${pad}`)}\n${"  ".repeat(depth)}${close}`;
}

/** A JSON string with Go's escapes; a lone surrogate becomes U+FFFD. */
function encodeString(text: string): string {
  return escapeForGo(JSON.stringify(text.toWellFormed()));
}

const GO_ESCAPES: Record<string, string> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** Go escapes these five everywhere; in JSON they occur only inside strings. */
export function escapeForGo(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (char) => GO_ESCAPES[char] ?? char);
}

/** A number as JavaScript prints it, except that -0 keeps its sign. */
function encodeNumber(value: number): string {
  if (!Number.isFinite(value)) throw unwritable(`is ${value}`);
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Orders strings by their UTF-8 bytes, which for astral characters is not the order of their UTF-16 units. */
function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return codePointRank(left) - codePointRank(right);
  }
  return a.length - b.length;
}

/** Ranks surrogates above the rest of the basic plane, as their code points are. */
function codePointRank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return "toJSON" in value && typeof value.toJSON === "function";
}

function unwritable(why: string): CassetteError {
  return new CassetteError("CASSETTE_VALUE_INVALID", `A value cannot be written as JSON: it ${why}.`);
}
