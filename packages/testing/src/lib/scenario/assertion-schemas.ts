import { isColorName, TEXT_STYLES } from "@cassette/terminal/masks";
import * as v from "valibot";
import type { AssertionType } from "../assertions/cassette-assertion.js";
import { toRegExp } from "../assertions/pattern.js";
import { parseJsonPath } from "../json/parse-json-path.js";

const text = v.string();
const ms = v.pipe(v.number(), v.minValue(0));
const place = v.pipe(v.number(), v.integer(), v.minValue(0));
const kind = v.picklist(["input", "output", "frame", "service-event", "final"]);
const json = v.unknown();
const hex = v.pipe(text, v.regex(/^(?:\s*[0-9a-fA-F]{2}\s*)*$/, "Expected pairs of hexadecimal digits"));
const pattern = v.pipe(text, v.nonEmpty(), v.check(does(toRegExp), "Expected a regular expression"));
const path = v.pipe(text, v.check(does(parseJsonPath), "Expected a JSONPath without filters"));
const simplePath = v.pipe(text, v.regex(/^\$(?:\.[^.[\]]+)*$/, "Expected $ or $.a.b"));
const color = v.pipe(
  v.union([v.number(), text]),
  v.check(isColorName, "Expected a colour: its name, #rrggbb, or a number up to 255"),
);

function does(parse: (text: string) => unknown): (text: string) => boolean {
  return (given) => {
    try {
      parse(given);
      return true;
    } catch {
      return false;
    }
  };
}

/** Fields of the reference; an assertion of its types may have any of them, and uses its own. */
const REFERENCE_FIELDS = {
  name: v.optional(text),
  text: v.optional(text),
  at_ms: v.optional(ms),
  within_ms: v.optional(ms),
  stable_for_ms: v.optional(v.number()),
  cursor_row: v.optional(place),
  cursor_col: v.optional(place),
  cursor_visible: v.optional(v.boolean()),
  rows: v.optional(place),
  cols: v.optional(place),
  fg: v.optional(place),
  bg: v.optional(place),
  bytes_hex: v.optional(hex),
  key: v.optional(text),
  before_kind: v.optional(kind),
  after_kind: v.optional(kind),
  json_path: v.optional(simplePath),
  equals: v.optional(json),
  metadata_key: v.optional(text),
  exit_code: v.optional(v.pipe(v.number(), v.integer())),
  signaled: v.optional(v.boolean()),
  kind: v.optional(kind),
  min_ms: v.optional(ms),
  max_ms: v.optional(ms),
};

/** A type of the reference with its required fields. */
function reference(required: v.ObjectEntries = {}) {
  return v.strictObject({ type: text, ...REFERENCE_FIELDS, ...required });
}

const AT = {
  name: v.optional(text),
  at_ms: v.optional(ms),
  at_seq: v.optional(place),
  at_mark: v.optional(text),
};

/** A type of ours. */
function own(fields: v.ObjectEntries) {
  return v.strictObject({ type: text, name: v.optional(text), ...fields });
}

function oneOf(schema: ReturnType<typeof own> | ReturnType<typeof reference>, ...fields: string[]) {
  const wanted = `Expected ${fields.join(" or ")}`;
  return v.pipe(
    schema,
    v.check(
      (given) => fields.some((field) => (given as Record<string, unknown>)[field] !== undefined),
      wanted,
    ),
  );
}

const window = { at_ms: v.optional(ms), within_ms: v.optional(ms) };
const looks = Object.fromEntries(TEXT_STYLES.map((look) => [look, v.optional(v.boolean())]));
const eventPattern = v.strictObject({
  kind: v.optional(v.union([kind, v.picklist(["resize", "signal", "mark"])])),
  text: v.optional(text),
  key: v.optional(text),
  bytes_hex: v.optional(hex),
  json_path: v.optional(path),
  equals: v.optional(json),
});

/** The shape of each type of assertion. */
export const ASSERTION_SCHEMAS: Record<AssertionType, v.GenericSchema> = {
  frame_contains: reference({ text }),
  frame_never_contains: reference({ text }),
  frame_eventually_contains: reference({ text }),
  frame_stable_for: reference({
    text,
    stable_for_ms: v.pipe(v.number(), v.gtValue(0, "Expected more than 0")),
  }),
  cursor: reference(),
  size: reference({ rows: place, cols: place }),
  size_eventually: reference({ rows: place, cols: place }),
  style: reference({ text: v.pipe(text, v.nonEmpty()) }),
  raw_output_order: reference(),
  input_bytes: oneOf(reference(), "bytes_hex", "key"),
  paste_boundary: oneOf(reference(), "bytes_hex", "key"),
  resize_order: reference(),
  service_json: reference({ json_path: simplePath, equals: json }),
  final_metadata: oneOf(reference(), "metadata_key", "text"),
  exit_status: reference(),
  timeout_cancel_status: reference(),
  timing_gap: reference(),
  frame_matches: own({ pattern, at_ms: v.optional(ms) }),
  frame_never_matches: own({ pattern }),
  frame_eventually_matches: own({ pattern, ...window }),
  title: oneOf(own({ ...AT, text: v.optional(text), pattern: v.optional(pattern) }), "text", "pattern"),
  alternate_screen: own({ ...AT, active: v.optional(v.boolean()) }),
  bell: own({ ...window, min: v.optional(place), max: v.optional(place) }),
  text_style: own({
    ...AT,
    text: v.pipe(text, v.nonEmpty()),
    fg: v.optional(color),
    bg: v.optional(color),
    ...looks,
  }),
  screen_equals: own({ ...AT, text, normalise: v.optional(v.boolean()) }),
  event_order: own({ events: v.pipe(v.array(eventPattern), v.nonEmpty()) }),
  service_json_path: own({ json_path: path, equals: v.optional(json), pattern: v.optional(pattern) }),
};
