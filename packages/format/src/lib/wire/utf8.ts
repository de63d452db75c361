import { CassetteError } from "../error.js";
import type { TextLocation } from "./json-tokens.js";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Decodes `bytes[start, end)`.
 * @throws CassetteError CASSETTE_JSON_INVALID when they are not UTF-8; nothing is replaced silently.
 */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number, where: TextLocation): string {
  const text = tryDecode(bytes, start, end);
  if (text !== null) return text;
  const line = (where.line ?? 1) + linesBeforeFault(bytes, start, end);
  throw new CassetteError("CASSETTE_JSON_INVALID", "Not JSON: it is not UTF-8.", { ...where, line });
}

function tryDecode(bytes: Uint8Array, start: number, end: number): string | null {
  try {
    return strict.decode(bytes.subarray(start, end));
  } catch {
    return null;
  }
}

/** A newline is never part of another character, so lines can be checked one by one. */
function linesBeforeFault(bytes: Uint8Array, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; lines++) {
    const newline = bytes.indexOf(0x0a, at);
    const lineEnd = newline === -1 || newline >= end ? end : newline;
    if (tryDecode(bytes, at, lineEnd) === null) break;
    at = lineEnd + 1;
  }
  return lines;
}
