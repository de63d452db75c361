import { skipValue } from "./json-scan.js";
import { type Scan, scanKey, skipSpace, startScan, take } from "./json-tokens.js";

/**
 * The line of valid JSON on which the value at `path` begins, or the deepest existing value on the way to it.
 * @param firstLine line of the text's first character.
 */
export function lineOf(text: string, path: readonly unknown[], firstLine = 1): number {
  const scan = startScan(text, { file: "" });
  skipSpace(scan);
  let found = scan.at;
  for (const key of path) {
    if (!stepInto(scan, key)) break;
    found = scan.at;
  }
  return firstLine + text.slice(0, found).split("\n").length - 1;
}

/** Moves from a list or map to its member `key`; false if there is none. */
function stepInto(scan: Scan, key: unknown): boolean {
  const isList = take(scan, "[");
  if (!isList && !take(scan, "{")) return false;
  skipSpace(scan);
  for (let index = 0; !"]}".includes(scan.text[scan.at] ?? ""); index++) {
    const here = isList ? index : scanKey(scan);
    skipSpace(scan);
    if (here === key) return true;
    skipValue(scan);
    skipSpace(scan);
    take(scan, ",");
  }
  return false;
}
