import { DURATION, isTimeout, parseDuration, parseWindowSize, WINDOW_SIZE } from "@cassette/format/units";
import * as v from "valibot";
import type { AtEnd } from "../recording/options.js";
import type { Action, WaitFor } from "./steps.js";

// The only description of a script's steps: the parser uses it, and the published JSON schema is generated from it. A message continues
// after the name of its step. A description comes before what transforms: the JSON schema describes what is written.

const A_TEXT = "a text is expected.";
const text = v.pipe(v.union([v.string(), v.number(), v.boolean()], A_TEXT), v.transform(String));

const A_DURATION = "a duration is a number with ms, s, m, h or d, such as 200ms.";
const duration = (description: string) =>
  v.pipe(
    v.union(
      [v.pipe(v.number(), v.minValue(0, A_DURATION)), v.pipe(v.string(), v.regex(DURATION, A_DURATION))],
      A_DURATION,
    ),
    v.description(`${description} Milliseconds, or a text with ms, s, m, h or d.`),
    v.transform((value) => (typeof value === "string" ? parseDuration(value) : value)),
    v.check((ms) => ms === 0 || isTimeout(ms), "a duration is at most 24d."),
  );

/** `/…/flags` is a regular expression, everything else literal text. */
const REGULAR_EXPRESSION = /^\/(.+)\/([imsu]*)$/s;
const toPattern = v.rawTransform<string, string | RegExp>(({ dataset, addIssue, NEVER }) => {
  const [match, source = "", flags] = REGULAR_EXPRESSION.exec(dataset.value) ?? [];
  if (match === undefined) return dataset.value;
  try {
    return new RegExp(source, flags);
  } catch (error) {
    addIssue({ message: `${error instanceof Error ? error.message : String(error)}.` });
    return NEVER;
  }
});
const PATTERN = "A literal text, or /a regular expression/ with the flags i, m, s, u.";
const someText = v.pipe(v.string(), v.minLength(1, "an empty text is on every screen."));
const patternInMap = (description: string) =>
  v.pipe(
    v.union([someText, v.number(), v.boolean()], A_TEXT),
    v.description(`${description} ${PATTERN}`),
    v.transform(String),
    toPattern,
  );

const timeoutMs = v.optional(duration("How long to wait; 15 s without it."));
const limit = ({ timeoutMs: ms }: { timeoutMs?: number }) => ms !== undefined && { timeoutMs: ms };

/** The forms of a condition: a text alone, and maps by the key that they must have. */
export const CONDITIONS = {
  text: v.pipe(
    v.union([someText, v.number()], "a condition is a text, a /regular expression/ or a map."),
    v.description(PATTERN),
    v.transform(String),
    toPattern,
    v.transform((pattern) => textWait("screen", pattern)),
  ),
  screen: v.pipe(
    v.strictObject({ screen: patternInMap("The rows, joined by newlines, show it."), timeoutMs }),
    v.transform(({ screen, ...rest }) => textWait("screen", screen, limit(rest))),
  ),
  line: v.pipe(
    v.strictObject({ line: patternInMap("One row shows it."), timeoutMs }),
    v.transform(({ line, ...rest }) => textWait("line", line, limit(rest))),
  ),
  settledMs: v.pipe(
    v.strictObject({ settledMs: duration("No output for so long."), timeoutMs }),
    v.transform(({ settledMs, ...rest }): WaitFor => ({ kind: "settled", settledMs, ...limit(rest) })),
  ),
  ended: v.pipe(
    v.strictObject({
      ended: v.pipe(
        v.literal(true, "the end is waited for with `ended: true`."),
        v.description("The program has ended."),
      ),
      timeoutMs,
    }),
    v.transform((rest): WaitFor => ({ kind: "ended", ...limit(rest) })),
  ),
};

function textWait(
  scope: "screen" | "line",
  pattern: string | RegExp,
  rest: { timeoutMs?: number } | false = {},
): WaitFor & { kind: "text" } {
  return { kind: "text", in: scope, pattern, ...rest };
}

/** A step: the schema of its value, the action that it is, and what it does. */
function step<const Schema extends v.GenericSchema>(
  schema: Schema,
  toAction: (value: v.InferOutput<Schema>) => Action,
  description: string,
): v.GenericSchema<unknown, Action> {
  return v.pipe(schema, v.transform(toAction), v.description(description));
}

const A_SIZE = "a window size is COLSxROWS, such as 80x24, each from 1 to 500.";

/** The schema of each step's value, by the step's key. */
export const STEPS: Readonly<Record<string, v.GenericSchema<unknown, Action>>> = {
  wait: step(
    v.union([CONDITIONS.text, CONDITIONS.screen, CONDITIONS.line, CONDITIONS.settledMs, CONDITIONS.ended]),
    (wanted) => ({ kind: "wait", for: wanted }),
    "Waits until the screen shows it.",
  ),
  expect: step(
    v.union([CONDITIONS.text, CONDITIONS.screen, CONDITIONS.line]),
    (wanted) => ({ kind: "expect", for: wanted }),
    "Fails unless the screen shows it now.",
  ),
  type: step(text, (typed) => ({ kind: "type", text: typed }), "Types a text as it is, without Enter."),
  secret: step(
    text,
    (variable) => ({ kind: "secret", variable }),
    "Types the value of this environment variable; the recording does not hold it.",
  ),
  press: step(
    v.union([text, v.array(text)], "the name of a key is expected, or a list of names."),
    (keys) => ({ kind: "press", keys: Array.isArray(keys) ? keys : [keys] }),
    "Presses keys: Enter, Escape, Up, F1, Ctrl+C, C-c, ^c, Alt+x, Shift+Tab.",
  ),
  paste: step(
    text,
    (pasted) => ({ kind: "paste", text: pasted }),
    "Pastes a text, bracketed if the program asked for that.",
  ),
  resize: step(
    v.pipe(v.string(A_SIZE), v.regex(WINDOW_SIZE, A_SIZE)),
    (size) => ({ kind: "resize", size: parseWindowSize(size) }),
    "Gives the terminal another size, COLSxROWS: 100x30, 100x, x30.",
  ),
  sleep: step(
    duration("How long."),
    (ms) => ({ kind: "sleep", ms }),
    "Lets time pass; `wait` is more reliable.",
  ),
  mark: step(text, (label) => ({ kind: "mark", label }), "Notes a mark with this label."),
  signal: step(
    text,
    (name) => ({ kind: "signal", name }),
    "Sends the program's process group a signal, such as SIGTERM.",
  ),
  include: step(
    text,
    (path) => ({ kind: "include", path }),
    "Does the steps of another script, which is in the same folder or below.",
  ),
  hangup: step(
    v.unknown(),
    () => ({ kind: "hangup" }),
    "Hangs the program's terminal up; the value does not matter.",
  ),
};

/** Beside the key of a step. */
export const OPTIONAL = v.optional(
  v.pipe(
    v.boolean("optional is true or false."),
    v.description("A wait that fails is passed over, and so is a step for a program that has ended."),
  ),
);

/** How often steps are repeated. */
export const TIMES = v.pipe(
  v.number("times is a whole number from 1 to 1000."),
  v.integer("times is a whole number from 1 to 1000."),
  v.minValue(1, "times is a whole number from 1 to 1000."),
  v.maxValue(1_000, "times is a whole number from 1 to 1000."),
  v.description("How often."),
);

/** One step. */
export const stepSchema: v.GenericSchema = v.union([
  v.pipe(v.literal("hangup"), v.description("Hangs the program's terminal up.")),
  ...Object.entries(STEPS).map(([key, schema]) =>
    v.pipe(
      v.strictObject({ [key]: schema, optional: OPTIONAL }),
      v.description(v.getDescription(schema) ?? key),
    ),
  ),
  v.pipe(
    v.strictObject({
      repeat: v.strictObject({ times: TIMES, steps: v.array(v.lazy(() => stepSchema)) }),
      optional: OPTIONAL,
    }),
    v.description("Does steps several times."),
  ),
]);

/** A script comes with a repository, and may not choose which programs or libraries are loaded. */
const VARIABLE = /^(?!(?:PATH|LD_\w+|DYLD_\w+|NODE_OPTIONS|BASH_ENV|ENV)$)[A-Za-z_]\w*$/;

/** What a script says beside its steps, by key. */
export const SETTINGS = {
  size: v.pipe(
    v.string(A_SIZE),
    v.regex(WINDOW_SIZE, A_SIZE),
    v.description("The terminal's first size, COLSxROWS."),
  ),
  env: v.pipe(
    v.record(
      v.pipe(
        v.string(),
        v.regex(
          VARIABLE,
          "a variable's name has letters, digits and _; PATH and variables of loaders are the caller's.",
        ),
      ),
      text,
    ),
    v.description("Variables for the program, beside those that it inherits."),
  ),
  atEnd: v.pipe(
    v.picklist(["wait", "hangup", "kill", "fail"] satisfies AtEnd[], "atEnd is wait, hangup, kill or fail."),
    v.description(
      "When all steps are done: wait for the end, hang the terminal up, kill the program, or, without it, fail after 10 s.",
    ),
  ),
};

/** A whole script: a list of steps, or a map that has one. */
export const scriptSchema: v.GenericSchema = v.union([
  v.array(v.lazy(() => stepSchema)),
  v.strictObject({
    size: v.optional(SETTINGS.size),
    env: v.optional(SETTINGS.env),
    atEnd: v.optional(SETTINGS.atEnd),
    steps: v.array(v.lazy(() => stepSchema)),
  }),
]);
