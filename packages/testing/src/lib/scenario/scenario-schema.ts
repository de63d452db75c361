import * as v from "valibot";
import type { Assertion } from "../assertions/cassette-assertion.js";
import { ASSERTION_SCHEMAS } from "./assertion-schemas.js";
import type { Scenario } from "./scenario.js";

const text = v.string();
const name = v.pipe(text, v.nonEmpty("Expected a text that is not empty"));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** An unknown type is not an error in the file: that assertion fails. */
const assertion = v.lazy((given): v.GenericSchema<unknown, Assertion> => {
  const type = typeof given === "object" && given !== null && "type" in given ? given.type : undefined;
  const known = typeof type === "string" && Object.hasOwn(ASSERTION_SCHEMAS, type);
  const schema = known ? ASSERTION_SCHEMAS[type as Assertion["type"]] : v.looseObject({ type: name });
  return schema as v.GenericSchema<unknown, Assertion>;
});

const scenario = v.strictObject({
  name,
  cassette_path: name,
  expected_manifest_id: v.optional(text),
  expected_content_digest: v.optional(text),
  required_emulator: v.optional(v.strictObject({ name, version: name })),
  replay_mode: v.optional(v.picklist(["realtime", "scaled", "collapsed"])),
  replay_scale: v.optional(v.number()),
  terminal_size: v.optional(v.strictObject({ rows: count, cols: count })),
  resolution_ms: v.optional(count),
  environment: v.optional(
    v.strictObject({
      home: v.optional(name),
      config_root: v.optional(name),
      allowlist: v.optional(v.array(name)),
      variables: v.optional(
        v.record(text, v.pipe(v.union([text, v.number(), v.boolean()]), v.transform(String))),
      ),
    }),
  ),
  expected_artifacts: v.optional(v.array(name)),
  groups: v.record(text, v.array(assertion)),
});

/** A problem in a value, and its place. */
export interface SchemaProblem {
  /** Keys and indices from the top. */
  path: (string | number)[];
  message: string;
}

/** A scenario, or the first problem; a field that does not exist is named before one that is missing. */
export function readScenario(value: unknown): { scenario: Scenario } | { mistake: SchemaProblem } {
  if (value === null) return { mistake: { path: [], message: "it is empty" } };
  if (isScript(value)) return { mistake: { path: [], message: "it is a script, not a scenario" } };
  const result = v.safeParse(scenario, value);
  if (result.success) return { scenario: result.output };
  const issue = result.issues.find(isUnknownField) ?? result.issues[0];
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  return { mistake: { path, message: describeIssue(issue) } };
}

/**
 * Checks an assertion that a test gives as a value. One of a type that does not exist is no mistake here: it does not hold.
 * @throws TypeError with the message that a scenario file with it gives.
 */
export function demandAssertion(value: unknown): asserts value is Assertion {
  const result = v.safeParse(assertion, value, { abortEarly: true });
  if (result.success) return;
  const [issue] = result.issues;
  const path = (issue.path ?? []).map((item) => String(item.key)).join(".");
  throw new TypeError(`The assertion is invalid: ${path === "" ? "" : `${path}: `}${describeIssue(issue)}.`);
}

function isScript(value: unknown): boolean {
  return Array.isArray(value) || (typeof value === "object" && value !== null && "steps" in value);
}

function isUnknownField({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === "strict_object" && expected === "never";
}

/** The expectation, without the given value: it may be a secret. */
function describeIssue(issue: v.BaseIssue<unknown>): string {
  const { type, expected, received, message } = issue;
  if (isUnknownField(issue)) return "there is no such field";
  if (type.endsWith("_object") && received === "undefined") return "it is missing";
  return message.startsWith("Expected")
    ? message.replace(/^E/, "e")
    : `expected ${expected ?? "another value"}`;
}
