import { isDeepStrictEqual } from "node:util";
import type { JsonValue } from "@cassette/format";
import type { Evidence } from "../evidence/evidence.js";
import { queryJson } from "../json/query-json.js";
import type { ServiceJson } from "./assertion.js";
import type { ServiceJsonPath } from "./cassette-assertion.js";
import { type Check, showJson } from "./mismatch.js";
import { toRegExp } from "./pattern.js";

/** A service event and the value of its payload. */
interface ServiceEvent {
  seq: number;
  t_ms: number;
  payload: JsonValue;
}

/** The service events of a recording, marks included. */
function serviceEventsOf({ events }: Pick<Evidence, "events">): ServiceEvent[] {
  return events.flatMap((event) =>
    event.kind === "service-event"
      ? [{ seq: event.seq, t_ms: event.t_ms, payload: JSON.parse(event.record.payload.json) as JsonValue }]
      : [],
  );
}

/** Whether two JSON values are equal: 1.0 equals 1, and the order of keys does not matter. */
export function sameJson(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** `$` and `$.a.b`, the reference's paths, in which a name may contain anything but dots. */
function valueAt(payload: JsonValue, path: string): JsonValue | undefined {
  const names = path === "$" ? [] : path.replace(/^\$\./, "").split(".");
  let value: JsonValue | undefined = payload;
  for (const name of names) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    value = Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

export const serviceJson: Check<ServiceJson> = ({ json_path, equals }, evidence) => {
  const serviceEvents = serviceEventsOf(evidence);
  const values = serviceEvents.map(({ payload }) => valueAt(payload, json_path));
  if (values.some((value) => value !== undefined && sameJson(value, equals))) return null;
  const expected = `some service event has ${showJson(equals)} at ${json_path}`;
  return {
    expected,
    found: describeValues(
      values.filter((value) => value !== undefined),
      serviceEvents,
    ),
    t_ms: serviceEvents[0]?.t_ms ?? 0,
  };
};

export const serviceJsonPath: Check<ServiceJsonPath> = ({ json_path, equals, pattern }, evidence) => {
  const serviceEvents = serviceEventsOf(evidence);
  const values = serviceEvents.flatMap(({ payload }) => queryJson(payload, json_path));
  const regex = pattern === undefined ? undefined : toRegExp(pattern);
  const isWanted = (value: JsonValue) =>
    (equals === undefined || sameJson(value, equals)) &&
    (regex === undefined || (typeof value === "string" && regex.test(value)));
  if (values.some(isWanted)) return null;
  const what = equals !== undefined ? showJson(equals) : (regex?.toString() ?? "a value");
  const expected = `some service event has ${what} at ${json_path}`;
  return { expected, found: describeValues(values, serviceEvents), t_ms: serviceEvents[0]?.t_ms ?? 0 };
};

function describeValues(values: JsonValue[], serviceEvents: ServiceEvent[]): string {
  if (serviceEvents.length === 0) return "there is no service event";
  if (values.length === 0) return `none of ${serviceEvents.length} service events has a value there`;
  const shown = values.slice(0, 5).map((value) => showJson(value));
  return `there ${values.length === 1 ? "is" : "are"} ${shown.join(", ")}${values.length > 5 ? ", …" : ""}`;
}
