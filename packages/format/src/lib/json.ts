/** A JSON value as `JSON.parse` makes it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A map with free keys. On the wire its keys are sorted by their UTF-8 bytes. */
export type FreeMap = Record<string, JsonValue>;

/**
 * JSON kept as its text, so that key order, duplicate keys, number spellings and escapes survive reading and
 * rewriting. `JSON.parse(payload.json)` gives the value.
 */
export interface JsonText {
  /** One JSON value without white space between tokens. */
  readonly json: string;
}
