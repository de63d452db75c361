import { CassetteError } from "@cassette/format";
import { parseWindowSize } from "@cassette/format/units";
import * as v from "valibot";
import { isMap, isSeq, type Node } from "yaml";
import { parseYaml } from "../yaml/parse-yaml.js";
import { CONDITIONS, OPTIONAL, SETTINGS, STEPS, TIMES } from "./step-schemas.js";
import type { Action, ParsedScript, Step } from "./steps.js";

/** The keys that a step may have. */
export const STEP_NAMES: readonly string[] = [...Object.keys(STEPS), "repeat"];

/**
 * Parses a script: a YAML or JSON list of steps with one key each, or a map with `steps`.
 * @param text the file's text
 * @param file its name, for errors
 * @throws CassetteError CASSETTE_SCRIPT_INVALID, with file and line.
 */
export function parseScript(text: string, file: string): ParsedScript {
  const { document, errors, lineOf } = parseYaml(text);
  const [error] = errors;
  if (error) {
    const { message, line, column } = error;
    throw invalid(`It is neither YAML nor JSON, at column ${column}: ${message}.`, file, line);
  }
  const place: Place = { file, lineOf };
  const { contents } = document;
  if (isSeq(contents)) return { steps: parseSteps(contents.items, place), env: {} };
  if (isMap(contents) && contents.has("steps")) return parseMap(contents, place);
  throw invalid(
    "A script is a list of steps, each with one key, or a map with `steps`.",
    file,
    place.lineOf(contents),
  );
}

/** Where something is, for errors. */
interface Place {
  file: string;
  lineOf: (node: unknown) => number;
}

type MapNode = Node & { items: readonly { key: unknown; value: unknown }[] };

function parseMap(node: MapNode, place: Place): ParsedScript {
  const found: ParsedScript = { steps: [], env: {} };
  for (const { key, value } of node.items) {
    const name = String((key as Node).toJSON());
    const fail = (message: string) => invalid(message, place.file, place.lineOf(key));
    if (name === "steps") {
      if (!isSeq(value)) throw fail("steps is a list.");
      found.steps = parseSteps(value.items, place);
      continue;
    }
    const schema: v.GenericSchema | undefined = Object.hasOwn(SETTINGS, name)
      ? SETTINGS[name as keyof typeof SETTINGS]
      : undefined;
    if (!schema) throw fail(`"${name}" is no key of a script; it has steps, size, env and atEnd.`);
    const { success, output, issues } = v.safeParse(schema, (value as Node | null)?.toJSON());
    if (!success) throw fail(messageOf(name, issues));
    Object.assign(found, { [name]: name === "size" ? parseWindowSize(String(output)) : output });
  }
  return found;
}

function parseSteps(nodes: readonly unknown[], place: Place): Step[] {
  return nodes.map((node, index) => {
    const number = index + 1;
    const line = place.lineOf(node);
    const step = parseStep(node, place);
    if (typeof step === "string") throw invalid(`Step ${number}: ${step}`, place.file, line);
    return { ...step, number, line };
  });
}

/** @returns the step, or what is wrong with it. */
function parseStep(node: unknown, place: Place): Pick<Step, "action" | "isOptional"> | string {
  const value: unknown = (node as Node | null)?.toJSON();
  if (value === "hangup") return { action: { kind: "hangup" }, isOptional: false };
  const { optional, ...keys } = isMap(node) ? (value as Record<string, unknown>) : {};
  const [entry, ...more] = Object.entries(keys);
  if (!entry || more.length > 0) return "a step has exactly one key, and may have `optional`.";
  const given = v.safeParse(OPTIONAL, optional);
  if (!given.success) return given.issues[0].message;
  const [key, argument] = entry;
  const action = key === "repeat" ? parseRepeat((node as MapNode).items, place) : parseAction(key, argument);
  return typeof action === "string" ? action : { action, isOptional: given.output ?? false };
}

/** @returns the action, or what is wrong with it. */
function parseAction(key: string, argument: unknown): Action | string {
  const schema = Object.hasOwn(STEPS, key) ? STEPS[key] : undefined;
  if (!schema) return `"${key}" is not a step; the steps are ${STEP_NAMES.join(", ")}.`;
  const { success, output, issues } = v.safeParse(schema, argument);
  if (success) return output;
  if (key === "wait" || key === "expect") return conditionProblem(key, argument);
  return messageOf(key, issues);
}

/** The steps of a repetition have lines of their own. */
function parseRepeat(items: MapNode["items"], place: Place): Action | string {
  const node = items.find(({ key }) => (key as Node).toJSON() === "repeat")?.value;
  const FORM = "repeat has times and steps.";
  if (!isMap(node) || node.items.length !== 2) return FORM;
  const steps = node.get("steps", true);
  if (!isSeq(steps)) return FORM;
  const times = v.safeParse(TIMES, node.get("times"));
  if (!times.success) return times.issues[0].message;
  return { kind: "repeat", times: times.output, steps: parseSteps(steps.items, place) };
}

/** What is wrong with a condition, judged by the form that it names. */
function conditionProblem(key: "wait" | "expect", argument: unknown): string {
  if (!isPlainObject(argument)) return messageOf(key, v.safeParse(CONDITIONS.text, argument).issues);
  const { text: _, ...maps } = CONDITIONS;
  const [form, ...others] = Object.entries(maps).filter(([name]) => Object.hasOwn(argument, name));
  if (form === undefined || others.length > 0)
    return "a condition has one of screen, line, settledMs and ended.";
  const [name, schema] = form;
  if (key === "expect" && (name === "settledMs" || name === "ended"))
    return `expect looks for text; use wait for ${name}.`;
  const stray = Object.keys(argument).find((other) => other !== name && other !== "timeoutMs");
  if (stray !== undefined)
    return `"${stray}" is no key of a condition; it has screen, line, settledMs or ended, and timeoutMs.`;
  return messageOf(name, v.safeParse(schema, argument).issues);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function messageOf(key: string, issues: readonly v.BaseIssue<unknown>[] = []): string {
  return `${key}: ${issues[0]?.message}`;
}

function invalid(message: string, file: string, line: number): CassetteError {
  return new CassetteError("CASSETTE_SCRIPT_INVALID", message, { file, line });
}
