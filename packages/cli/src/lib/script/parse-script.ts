import { CassetteError } from "@cassette/format";
import { isMap, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { isTimeout, parseDuration, parseWindowSize } from "../arguments.js";
import { type Action, type Condition, DEFAULT_WAIT_MS, type Step } from "./steps.js";

/**
 * Reads a script: a YAML or JSON list of steps with one key each.
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
    const line = lineOf(node);
    const number = index + 1;
    try {
      return { action: parseAction(node), number, line };
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      throw invalid(`Step ${number}: ${error.message}`, file, line);
    }
  });
}

/** A problem with one step; becomes an error with its file and line. */
class Mistake extends Error {}

function parseAction(node: unknown): Action {
  const value: unknown = (node as Node | null)?.toJSON();
  if (value === "hangup") return { kind: "hangup" };
  if (!isMap(node) || node.items.length !== 1) throw new Mistake("a step has exactly one key.");
  const [entry] = Object.entries(value as Record<string, unknown>);
  if (!entry) throw new Mistake("a step has exactly one key.");
  const [key, argument] = entry;
  const parse = Object.hasOwn(ACTIONS, key) ? ACTIONS[key] : undefined;
  if (!parse) throw new Mistake(`"${key}" is not a step; known are ${STEP_NAMES.join(", ")}.`);
  return parse(argument, key);
}

const ACTIONS: Record<string, (argument: unknown, key: string) => Action> = {
  wait: (argument) => ({ kind: "wait", condition: parseCondition(argument) }),
  expect: parseExpect,
  type: (argument, key) => ({ kind: "type", text: asText(argument, key) }),
  secret: (argument, key) => ({ kind: "secret", variable: asText(argument, key) }),
  press: (argument, key) => ({
    kind: "press",
    keys: Array.isArray(argument) ? argument.map((name) => asText(name, key)) : [asText(argument, key)],
  }),
  paste: (argument, key) => ({ kind: "paste", text: asText(argument, key) }),
  resize: (argument, key) => ({
    kind: "resize",
    size: orMistake(() => parseWindowSize(asText(argument, key))),
  }),
  sleep: (argument, key) => ({ kind: "sleep", ms: asDuration(argument, key) }),
  mark: (argument, key) => ({ kind: "mark", label: asText(argument, key) }),
  signal: (argument, key) => ({ kind: "signal", name: asText(argument, key) }),
  hangup: () => ({ kind: "hangup" }),
};

/** The keys that a step may have. */
export const STEP_NAMES: readonly string[] = Object.keys(ACTIONS);

/** Some editors begin a file with a byte order mark, which the library takes for the first item of a list. */
function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, "");
}

function parseExpect(argument: unknown): Action {
  const condition = parseCondition(argument);
  if (condition.kind !== "text") throw new Mistake("expect looks for text; use wait for settledMs.");
  return { kind: "expect", condition };
}

function parseCondition(argument: unknown): Condition {
  if (typeof argument === "string" || typeof argument === "number") {
    return textCondition("screen", String(argument), DEFAULT_WAIT_MS);
  }
  if (typeof argument !== "object" || argument === null || Array.isArray(argument)) {
    throw new Mistake("a condition is a text, a /regular expression/ or a map.");
  }
  const { screen, line, settledMs, timeoutMs, ...unknown } = argument as Record<string, unknown>;
  const [stray] = Object.keys(unknown);
  if (stray !== undefined)
    throw new Mistake(
      `"${stray}" is no key of a condition; it has screen, line or settledMs, and timeoutMs.`,
    );
  const timeout = timeoutMs === undefined ? DEFAULT_WAIT_MS : asDuration(timeoutMs, "timeoutMs");
  const given = [screen, line, settledMs].filter((part) => part !== undefined);
  if (given.length !== 1) throw new Mistake("a condition has one of screen, line and settledMs.");
  if (settledMs !== undefined) {
    return { kind: "settled", settledMs: asDuration(settledMs, "settledMs"), timeoutMs: timeout };
  }
  const scope = screen === undefined ? "line" : "screen";
  return textCondition(scope, asText(screen ?? line, scope), timeout);
}

/** `/…/flags` is a regular expression, everything else literal text. */
function textCondition(scope: "screen" | "line", text: string, timeoutMs: number): Condition {
  const regex = /^\/(.+)\/([imsu]*)$/s.exec(text);
  if (text === "") throw new Mistake("an empty text is on every screen.");
  if (!regex) return { kind: "text", scope, pattern: text, timeoutMs };
  const pattern = orMistake(() => new RegExp(regex[1] ?? "", regex[2]));
  return { kind: "text", scope, pattern, timeoutMs };
}

function asText(argument: unknown, key: string): string {
  if (typeof argument === "string") return argument;
  if (typeof argument === "number" || typeof argument === "boolean") return String(argument);
  throw new Mistake(`${key} takes a text.`);
}

/** Milliseconds as a number, or a text such as `200ms` or `1.5s`, as long as a timer can wait. */
function asDuration(argument: unknown, key: string): number {
  const ms = typeof argument === "string" ? orMistake(() => parseDuration(argument)) : argument;
  if (typeof ms !== "number" || !Number.isFinite(ms) || ms < 0)
    throw new Mistake(`${key} takes a duration such as 200ms.`);
  if (ms > 0 && !isTimeout(ms)) throw new Mistake(`${key} is at most 24d.`);
  return ms;
}

function orMistake<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new Mistake(error instanceof Error ? error.message : String(error));
  }
}

function invalid(message: string, file: string, line: number): CassetteError {
  return new CassetteError("CASSETTE_SCRIPT_INVALID", message, { file, line });
}
