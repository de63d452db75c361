import * as v from "valibot";
import { CassetteError } from "../error.js";
import type { CassetteErrorCode } from "../error-codes.js";
import type { JsonText } from "../json.js";
import { encodeBase64 } from "./base64.js";
import { BASE64_ISSUE } from "./fields.js";
import { encloseJson, encodeMember, encodeValue, type Layout } from "./json-encode.js";
import { lineOf } from "./json-locate.js";
import { scanJson } from "./json-scan.js";
import { compactJson, keepText } from "./json-text.js";
import type { PayloadRange, TextLocation } from "./json-tokens.js";
import { type ObjectShape, type Shape, shapeOf } from "./shape.js";

/** Parser and encoder of one kind of artifact or record, both read off its schema. */
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
      const range = scanJson(text, shape, where);
      const value: unknown = range ? parseAroundPayload(text, range) : JSON.parse(text);
      precheck?.(value, where);
      return validate(schema, value, text, where);
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
  const expected = isBase64 ? "standard padded base64" : (issue.expected ?? "another kind of value");
  const line = lineOf(text, issue.path?.map(({ key }) => key) ?? [], where.line);
  throw new CassetteError(code, `${path}: ${expected} is expected.`, { ...where, line });
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
  for (const key of Object.keys(object)) {
    if (shape.members.has(key) || object[key] === undefined) continue;
    members.push(encodeMember(key, encodeValue(object[key], layout, depth + 1), layout));
  }
  return encloseJson("{", members, "}", layout, depth);
}

/** Empty as Go understands it: the zero of its type, an empty list or free map, but never one of the format's own objects. */
function isEmpty(value: unknown, shape: Shape): boolean {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) return true;
  if (typeof value !== "object" || shape.kind === "object") return false;
  if (value instanceof Uint8Array || Array.isArray(value)) return value.length === 0;
  return Object.keys(value).length === 0;
}
