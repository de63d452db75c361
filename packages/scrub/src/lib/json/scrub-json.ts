import type { JsonValue } from "@cassette/format";
import { isPlaceholder } from "../lexicon/placeholder.js";
import { isSecretField, type Secrecy, secrecyOf } from "../lexicon/secret-names.js";

/** What scrubbing of JSON needs. */
export interface JsonScrub {
  /** Scrubs one string and counts what it finds. */
  text(text: string): string;
  /** Counts a value that was replaced for its key. */
  onSecretKey(): void;
}

const LABEL = "<redacted>";

interface Task {
  readonly value: JsonValue;
  /** What the names above it say. */
  readonly secrecy: Secrecy;
  put(scrubbed: JsonValue): void;
}

/**
 * Scrubs every string and every key of a JSON value; strings under a key that says secret go whole. Values of any depth: it
 * does not recurse.
 */
export function scrubJsonValue(value: JsonValue, scrub: JsonScrub): JsonValue {
  let result: JsonValue = null;
  const tasks: Task[] = [{ value, secrecy: "none", put: (scrubbed) => (result = scrubbed) }];
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    for (const inner of take(task, scrub)) tasks.push(inner);
  }
  return result;
}

/** Does what a task can do at once; the rest is returned, last first. */
function take(task: Task, scrub: JsonScrub): Task[] {
  const { value } = task;
  if (Array.isArray(value)) return tasksOfList(value, task);
  if (typeof value === "object" && value !== null) return tasksOfMap(value, task, scrub);
  task.put(scrubScalar(value, task.secrecy, scrub));
  return [];
}

function scrubScalar(value: string | number | boolean | null, secrecy: Secrecy, scrub: JsonScrub): JsonValue {
  if (typeof value !== "string") return value;
  if (!isSecretField(secrecy, value) || value === "" || isPlaceholder(value)) return scrub.text(value);
  scrub.onSecretKey();
  return LABEL;
}

function tasksOfList(list: readonly JsonValue[], { secrecy, put }: Task): Task[] {
  const copy: JsonValue[] = new Array(list.length).fill(null);
  put(copy);
  return list
    .map((value, index) => ({
      value,
      secrecy: stronger(secrecy, secrecyOfOption(list[index - 1], value)),
      put: (scrubbed: JsonValue) => (copy[index] = scrubbed),
    }))
    .reverse();
}

/** In a list of arguments: `--token` and then its value. */
function secrecyOfOption(before: JsonValue | undefined, value: JsonValue): Secrecy {
  if (typeof before !== "string" || typeof value !== "string" || value.startsWith("-")) return "none";
  return /^--?[a-z][\w-]{1,40}$/i.test(before) ? secrecyOf(before) : "none";
}

function stronger(first: Secrecy, second: Secrecy): Secrecy {
  if (first === "secret" || second === "secret") return "secret";
  return first === "likely" ? first : second;
}

function tasksOfMap(map: { [key: string]: JsonValue }, { secrecy, put }: Task, scrub: JsonScrub): Task[] {
  const copy: { [key: string]: JsonValue } = {};
  put(copy);
  return Object.entries(map)
    .map(([key, value]) => {
      const name = freeName(copy, scrub.text(key));
      // Defined at once, so that keys keep their order; `__proto__` is a key like others.
      define(copy, name, null);
      return {
        value,
        secrecy: stronger(secrecy, secrecyOf(key)),
        put: (scrubbed: JsonValue) => define(copy, name, scrubbed),
      };
    })
    .reverse();
}

/** Two keys may have become one. */
function freeName(map: object, name: string): string {
  let free = name;
  for (let count = 2; Object.hasOwn(map, free); count++) free = `${name} ${count}`;
  return free;
}

function define(map: object, key: string, value: JsonValue): void {
  Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
}
