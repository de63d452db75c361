/** A JSON value as `JSON.parse` makes it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A map with free keys. On the wire its keys are sorted by their UTF-8 bytes. */
export type FreeMap = Record<string, JsonValue>;

/** Marks a {@link JsonText}, so that a value which merely looks like one is not taken for it. */
export const JSON_TEXT: unique symbol = Symbol.for("cassette.json-text");

/**
 * JSON kept as its text, so that key order, duplicate keys, number spellings and escapes survive reading and
 * rewriting. `JSON.parse(payload.json)` gives the value; `jsonText` of `./schema` makes one.
 */
export interface JsonText {
  /** One JSON value. */
  readonly json: string;
  readonly [JSON_TEXT]: true;
}
