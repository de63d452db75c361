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
  if (selector.kind === "name") return member(value, selector.name);
  if (!Array.isArray(value)) return [];
  if (selector.kind === "slice") return slice(value, selector);
  const child = value.at(selector.index);
  return child === undefined ? [] : [child];
}

function member(value: JsonValue, name: string): JsonValue[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const child = Object.hasOwn(value, name) ? value[name] : undefined;
  return child === undefined ? [] : [child];
}

/** The slices of RFC 9535, 2.3.4.2.2. */
function slice(values: JsonValue[], { start, end, step }: Extract<Selector, { kind: "slice" }>): JsonValue[] {
  if (step === 0) return [];
  const { length } = values;
  const normal = (index: number) => (index >= 0 ? index : length + index);
  const clamp = (index: number, low: number, high: number) => Math.min(Math.max(normal(index), low), high);
  if (step > 0) return every(step, values, clamp(start ?? 0, 0, length), clamp(end ?? length, 0, length));
  const first = start === undefined ? length - 1 : clamp(start, -1, length - 1);
  const last = end === undefined ? -1 : clamp(end, -1, length - 1);
  return every(step, values, first, last);
}

/** Every so many values from `first` up or down to `last`, which is excluded. */
function every(step: number, values: JsonValue[], first: number, last: number): JsonValue[] {
  const count = Math.max(0, Math.ceil((last - first) / step));
  return Array.from({ length: count }, (_, index) => values[first + index * step] ?? null);
}
