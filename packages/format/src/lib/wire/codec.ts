import * as v from "valibot";
import { CassetteError } from "../error.js";
import type { CassetteErrorCode } from "../error-codes.js";
import type { JsonText } from "../json.js";
import { encodeBase64 } from "./base64.js";
import { BASE64_ISSUE, NUMBERS_ISSUE } from "./fields.js";
import { encloseJson, encodeMember, encodeValue, escapeForGo, type Layout } from "./json-encode.js";
import { lineOf } from "./json-locate.js";
import { scanJson } from "./json-scan.js";
import { compactJson, keepText } from "./json-text.js";
import type { PayloadRange, TextLocation } from "./json-tokens.js";
import { type ObjectShape, type Shape, shapeOf } from "./shape.js";
import { noteSpellings, spellingOf, unknownNames } from "./spellings.js";

/** Parser and encoder of one kind of artifact or record, both derived from its schema. */
export interface Codec<T> {
  parse(text: string, where: TextLocation): T;
  /** @param layout default: the artifact's own; only "indented" ends with a newline. */
  encode(value: T, layout?: Layout): string;
}

/** Creates the codec of a schema, for artifacts of the given layout. */
export function createCodec<T>(
  schema: v.GenericSchema<unknown, T>,
  ownLayout: Layout,
  precheck?: (value: unknown, where: TextLocation) => void,
): Codec<T> {
  const shape = shapeOf(schema);
  return {
    parse(text, where) {
      const { payload, hasUnknown } = scanJson(text, shape, where);
      const value: unknown = payload ? parseAroundPayload(text, payload) : JSON.parse(text);
      precheck?.(value, where);
      const record = validate(schema, value, text, where);
      if (hasUnknown) noteSpellings(text, shape, record, value);
      return record;
    },
    encode(value, layout = ownLayout) {
      const encoded = encodeShaped(value, shape, layout, 0);
      return layout === "indented" ? `${encoded}\n` : encoded;
    },
  };
}

/** The payload is kept as its text; parsing it too would cost memory and time for nothing. */
function parseAroundPayload(text: string, { start, end }: PayloadRange): object {
  const value: object = JSON.parse(`${text.slice(0, start)}null${text.slice(end)}`);
  return Object.assign(value, { payload: keepText(text.slice(start, end)) });
}

function validate<T>(
  schema: v.GenericSchema<unknown, T>,
  value: unknown,
  text: string,
  where: TextLocation,
): T {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? "the value";
  const isBase64 = issue.message.includes(BASE64_ISSUE);
  const code: CassetteErrorCode = isBase64 ? "CASSETTE_BASE64_INVALID" : "CASSETTE_FIELD_INVALID";
  const line = lineOf(text, issue.path?.map(({ key }) => key) ?? [], where.line);
  throw new CassetteError(code, `${path}: ${expectationOf(issue)}.`, { ...where, line });
}

/** What the schema wants, in words that hold nothing of what it got. */
function expectationOf({ message, expected }: v.BaseIssue<unknown>): string {
  if (message.includes(BASE64_ISSUE)) return "standard padded base64 is expected";
  if (message === NUMBERS_ISSUE) return NUMBERS_ISSUE;
  return `${expected ?? "another kind of value"} is expected`;
}

function encodeShaped(value: unknown, shape: Shape, layout: Layout, depth: number): string {
  if (value === null || value === undefined) return "null";
  if (shape.kind === "json") return compactJson((value as JsonText).json);
  if (value instanceof Uint8Array) return `"${encodeBase64(value)}"`;
  if (shape.kind === "array" && Array.isArray(value)) {
    const items = value.map((item) => encodeShaped(item, shape.item, layout, depth + 1));
    return encloseJson("[", items, "]", layout, depth);
  }
  if (shape.kind === "object") return encodeObject(value as Record<string, unknown>, shape, layout, depth);
  return encodeValue(value, layout, depth);
}

function encodeObject(
  object: Record<string, unknown>,
  shape: ObjectShape,
  layout: Layout,
  depth: number,
): string {
  const members: string[] = [];
  for (const [key, member] of shape.members) {
    const value = object[key];
    const empty = isEmpty(value, member);
    if (empty && shape.optional.has(key)) continue;
    const written = empty && shape.nulled.has(key) ? null : value;
    members.push(encodeMember(key, encodeShaped(written, member, layout, depth + 1), layout));
  }
  for (const key of unknownNames(object, shape.members)) {
    if (object[key] !== undefined)
      members.push(encodeMember(key, encodeUnknown(object, key, layout, depth + 1), layout));
  }
  return encloseJson("{", members, "}", layout, depth);
}

/** As it was read, but for what version 1 always escapes and, on a line, the space between tokens. */
function encodeUnknown(object: Record<string, unknown>, key: string, layout: Layout, depth: number): string {
  const spelling = spellingOf(object, key);
  if (spelling === null) return encodeValue(object[key], layout, depth);
  return layout === "compact" ? compactJson(spelling) : escapeForGo(spelling);
}

const ZEROS: ReadonlySet<unknown> = new Set([undefined, null, "", 0, false]);

/** Empty as Go understands it: the zero of its type, an empty list or free map, but never one of the format's own objects. */
function isEmpty(value: unknown, shape: Shape): boolean {
  if (ZEROS.has(value)) return true;
  if (typeof value !== "object" || value === null || shape.kind === "object") return false;
  if (value instanceof Uint8Array || Array.isArray(value)) return value.length === 0;
  return Object.keys(value).length === 0;
}
