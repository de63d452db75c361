import type { JsonValue } from "@cassette/format";
import { parseJsonPath, type Segment, type Selector } from "./parse-json-path.js";

/**
 * The values that a path selects, in document order.
 * @param path RFC 9535 without filters.
 * @throws SyntaxError for an invalid path.
 */
export function queryJson(value: JsonValue, path: string): JsonValue[] {
  return parseJsonPath(path).reduce(
    (values, segment) => values.flatMap((each) => step(each, segment)),
    [value],
  );
}

function step(value: JsonValue, { deep, selectors }: Segment): JsonValue[] {
  const from = deep ? withDescendants(value) : [value];
  return from.flatMap((each) => selectors.flatMap((selector) => select(each, selector)));
}

function withDescendants(value: JsonValue): JsonValue[] {
  const all = [value];
  // Grows during the loop, instead of recursion: a cassette may nest deeper than the stack.
  for (let index = 0; index < all.length; index++) all.push(...childrenOf(all[index] ?? null));
  return all;
}

function childrenOf(value: JsonValue): JsonValue[] {
  if (Array.isArray(value)) return value;
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

function select(value: JsonValue, selector: Selector): JsonValue[] {
  if (selector.kind === "all") return childrenOf(value);
  if (selector.kind === "name") {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
    const child = Object.hasOwn(value, selector.name) ? value[selector.name] : undefined;
    return child === undefined ? [] : [child];
  }
  if (!Array.isArray(value)) return [];
  if (selector.kind === "slice") return slice(value, selector);
  const child = value.at(selector.index);
  return child === undefined ? [] : [child];
}

/** The slices of RFC 9535, 2.3.4.2.2. */
function slice(values: JsonValue[], { start, end, step }: Extract<Selector, { kind: "slice" }>): JsonValue[] {
  if (step === 0) return [];
  const { length } = values;
  const normal = (index: number) => (index >= 0 ? index : length + index);
  const clamp = (index: number, low: number, high: number) => Math.min(Math.max(normal(index), low), high);
  const picked: JsonValue[] = [];
  if (step > 0) {
    const last = clamp(end ?? length, 0, length);
    for (let index = clamp(start ?? 0, 0, length); index < last; index += step)
      picked.push(values[index] ?? null);
  } else {
    const first = start === undefined ? length - 1 : clamp(start, -1, length - 1);
    const last = end === undefined ? -1 : clamp(end, -1, length - 1);
    for (let index = first; index > last; index += step) picked.push(values[index] ?? null);
  }
  return picked;
}
