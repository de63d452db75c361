import * as v from "valibot";
import { MAX_WIRE_SIZE } from "../artifacts.js";
import type { FreeMap, JsonText } from "../json.js";
import { decodeBase64 } from "./base64.js";
import { FREE_MAP, INTEGER_MAP, VERBATIM } from "./shape.js";

// The kinds of field in version 1. Integers have `safeInteger`, by which the scanner recognises them.

export const text = v.string();
export const texts = v.array(v.string());
export const flag = v.boolean();
export const integer = v.pipe(v.number(), v.safeInteger());
export const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const int16 = v.pipe(v.number(), v.safeInteger(), v.minValue(-32_768), v.maxValue(32_767));
export const uint16 = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(MAX_WIRE_SIZE));
export const uint32 = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(0xffff_ffff));
export const float = v.pipe(v.number(), v.finite());

/** A map with free keys. Passed through as it is: rebuilding it would drop keys such as `constructor`. */
export const freeMap = v.pipe(
  v.custom<FreeMap>(isMap, "Expected an object"),
  v.check(hasFiniteNumbers, () => NUMBERS_ISSUE),
  v.metadata(FREE_MAP),
);

/** Message of the issue that {@link freeMap} raises for a number such as `1e400`, which would be infinite. */
export const NUMBERS_ISSUE = "only numbers that fit a double are expected";

/** A map of counts. */
export const counts = v.pipe(
  v.custom<Record<string, number>>(
    (value) => isMap(value) && Object.values(value).every((count) => Number.isSafeInteger(count)),
    "Expected an object of integers",
  ),
  v.metadata(INTEGER_MAP),
);

/** Bytes, base64 on the wire. */
export const bytes = v.pipe(
  v.string(),
  v.rawTransform<string, Uint8Array>(({ dataset, addIssue, NEVER }) => {
    const decoded = decodeBase64(dataset.value);
    if (decoded !== null) return decoded;
    addIssue({ label: BASE64_ISSUE });
    return NEVER;
  }),
);

/** Label of the issue that {@link bytes} raises, so that it can get a code of its own. */
export const BASE64_ISSUE = "base64";

/** A payload: the parser inserts the text. */
export const jsonText = v.pipe(
  v.custom<JsonText>(() => true),
  v.metadata(VERBATIM),
);

/** Half-open byte ranges. */
export const ranges = v.array(v.strictTuple([natural, natural]));

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Looks at values of any depth; it does not recurse. */
function hasFiniteNumbers(map: FreeMap): boolean {
  const values: unknown[] = [map];
  for (let value = values.pop(); value !== undefined; value = values.pop()) {
    if (typeof value === "number" && !Number.isFinite(value)) return false;
    if (typeof value !== "object" || value === null) continue;
    for (const inner of Object.values(value)) values.push(inner);
  }
  return true;
}
