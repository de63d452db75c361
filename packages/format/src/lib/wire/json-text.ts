import { CassetteError } from "../error.js";
import { JSON_TEXT, type JsonText } from "../json.js";
import { encodeValue, escapeForGo } from "./json-encode.js";
import { scanJson } from "./json-scan.js";

/**
 * Takes JSON text as a payload. Key order, duplicate keys, number spellings and escapes stay; white space between
 * tokens goes; `<` `>` `&` U+2028 U+2029 are escaped.
 * @throws CassetteError CASSETTE_JSON_INVALID, CASSETTE_JSON_TRUNCATED or CASSETTE_LIMIT_EXCEEDED.
 */
export function jsonText(text: string): JsonText {
  scanJson(text, { kind: "json" }, { file: "payload" });
  return keepText(compactJson(text));
}

/**
 * Encodes a value as a payload: keys sorted, escapes and numbers as everywhere in version 1.
 * @throws CassetteError CASSETTE_VALUE_INVALID for what JSON cannot hold.
 */
export function encodeJsonText(value: unknown): JsonText {
  return keepText(encodeValue(value, "compact"));
}

/** Whether a payload was given as text rather than as a value. */
export function isJsonText(payload: unknown): payload is JsonText {
  return typeof payload === "object" && payload !== null && JSON_TEXT in payload;
}

/** Wraps text that is known to be JSON. */
export function keepText(json: string): JsonText {
  return { json, [JSON_TEXT]: true };
}

/** Drops white space between the tokens of valid JSON and applies Go's escapes. */
export function compactJson(json: string): string {
  return escapeForGo(/[ \t\n\r]/.test(json) ? dropSpace(json) : json).toWellFormed();
}

function dropSpace(json: string): string {
  let out = "";
  let at = 0;
  while (at < json.length) {
    const quote = json.indexOf('"', at);
    const end = quote === -1 ? json.length : quote;
    out += json.slice(at, end).replace(/[ \t\n\r]+/g, "");
    at = quote === -1 ? end : stringEnd(json, quote);
    out += json.slice(end, at);
  }
  return out;
}

/** Where the string that opens at `quote` ends, past its closing quote. */
function stringEnd(json: string, quote: number): number {
  let at = quote + 1;
  for (;;) {
    const close = json.indexOf('"', at);
    if (close === -1) throw new CassetteError("CASSETTE_JSON_TRUNCATED", "The JSON value is incomplete.");
    let slashes = 0;
    while (json[close - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return close + 1;
    at = close + 1;
  }
}
