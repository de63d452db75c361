import { isUtf8 } from "node:buffer";
import { CassetteError } from "../error.js";
import type { TextLocation } from "./json-scan.js";

/**
 * The text that `bytes[start, end)` hold.
 * @throws CassetteError CASSETTE_JSON_INVALID when they are not UTF-8; nothing is replaced silently.
 */
export function decodeUtf8(bytes: Buffer, start: number, end: number, where: TextLocation): string {
  if (!isUtf8(bytes.subarray(start, end))) {
    throw new CassetteError("CASSETTE_JSON_INVALID", "Not JSON: it is not UTF-8.", { ...where });
  }
  return bytes.toString("utf8", start, end);
}
