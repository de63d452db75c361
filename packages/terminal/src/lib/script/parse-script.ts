import { CassetteError } from "@cassette/format";
import * as v from "valibot";
import { isMap, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { CONDITIONS, STEPS } from "./step-schemas.js";
import type { Action, Step } from "./steps.js";

/**
 * Parses a script: a YAML or JSON list of steps with one key each.
 * @param text the file's text
 * @param file its name, for errors
 * @throws CassetteError CASSETTE_SCRIPT_INVALID, with file and line.
 */
export function parseScript(text: string, file: string): Step[] {
  const lines = new LineCounter();
  const document = parseDocument(withoutMark(text), { lineCounter: lines, prettyErrors: false });
  const [syntaxError] = document.errors;
  if (syntaxError) {
    const { line, col } = lines.linePos(syntaxError.pos[0]);
    throw invalid(`It is neither YAML nor JSON, at column ${col}: ${syntaxError.message}.`, file, line);
  }
  const lineOf = (node: unknown) => lines.linePos((node as Node | null)?.range?.[0] ?? 0).line;
  if (!isSeq(document.contents)) {
    throw invalid("A script is a list of steps, each with one key.", file, lineOf(document.contents));
  }
  return document.contents.items.map((node, index) => {
    const number = index + 1;
    const line = lineOf(node);
    const parsed = parseAction(node);
    if (typeof parsed === "string") throw invalid(`Step ${number}: ${parsed}`, file, line);
    return { action: parsed, number, line };
  });
}

/** The keys that a step may have. */
export const STEP_NAMES: readonly string[] = Object.keys(STEPS);

/** Some editors begin a file with a mark of its byte order, which the library takes for a first item of a list. */
function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, "");
}

/** @returns the action, or what is wrong with it. */
function parseAction(node: unknown): Action | string {
  const value: unknown = (node as Node | null)?.toJSON();
  if (value === "hangup") return { kind: "hangup" };
  const [entry, ...more] = isMap(node) ? Object.entries(value as Record<string, unknown>) : [];
  if (!entry || more.length > 0) return "a step has exactly one key.";
  const [key, argument] = entry;
  const schema = Object.hasOwn(STEPS, key) ? STEPS[key] : undefined;
  if (!schema) return `"${key}" is not a step; known are ${STEP_NAMES.join(", ")}.`;
  const { success, output, issues } = v.safeParse(schema, argument);
  if (success) return output;
  if (key === "wait" || key === "expect") return conditionProblem(key, argument);
  return messageOf(key, issues);
}

/** What is wrong with a condition: of the forms that it can have, with the one that it names. */
function conditionProblem(key: "wait" | "expect", argument: unknown): string {
  if (typeof argument !== "object" || argument === null || Array.isArray(argument))
    return messageOf(key, v.safeParse(CONDITIONS.text, argument).issues);
  const { text: _, ...maps } = CONDITIONS;
  const [form, ...others] = Object.entries(maps).filter(([name]) => Object.hasOwn(argument, name));
  if (form === undefined || others.length > 0) return "a condition has one of screen, line and settledMs.";
  const [name, schema] = form;
  if (key === "expect" && name === "settledMs") return "expect looks for text; use wait for settledMs.";
  const stray = Object.keys(argument).find((other) => other !== name && other !== "timeoutMs");
  if (stray !== undefined)
    return `"${stray}" is no key of a condition; it has screen, line or settledMs, and timeoutMs.`;
  return messageOf(name, v.safeParse(schema, argument).issues);
}

function messageOf(key: string, issues: readonly v.BaseIssue<unknown>[] = []): string {
  return `${key}: ${issues[0]?.message}`;
}

function invalid(message: string, file: string, line: number): CassetteError {
  return new CassetteError("CASSETTE_SCRIPT_INVALID", message, { file, line });
}
