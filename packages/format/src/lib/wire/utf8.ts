import { isUtf8 } from "node:buffer";
import { CassetteError } from "../error.js";
import type { TextLocation } from "./json-tokens.js";

/**
 * Decodes `bytes[start, end)`.
 * @throws CassetteError CASSETTE_JSON_INVALID when they are not UTF-8; nothing is replaced silently.
 */
export function decodeUtf8(bytes: Buffer, start: number, end: number, where: TextLocation): string {
  if (isUtf8(bytes.subarray(start, end))) return bytes.toString("utf8", start, end);
  const line = (where.line ?? 1) + linesBeforeFault(bytes, start, end);
  throw new CassetteError("CASSETTE_JSON_INVALID", "Not JSON: it is not UTF-8.", { ...where, line });
}

/** A newline is never part of another character, so lines can be checked one by one. */
function linesBeforeFault(bytes: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; lines++) {
    const newline = bytes.indexOf(0x0a, at);
    const lineEnd = newline === -1 || newline >= end ? end : newline;
    if (!isUtf8(bytes.subarray(at, lineEnd))) break;
    at = lineEnd + 1;
  }
  return lines;
}
