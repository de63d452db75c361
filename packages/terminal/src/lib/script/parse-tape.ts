import { CassetteError } from "@cassette/format";
import * as v from "valibot";
import { SETTINGS } from "./step-schemas.js";
import type { Action, ParsedScript, Step } from "./steps.js";
import { createTapeScanner, type TapeScanner } from "./tape-scanner.js";

/** Something of a tape that a script does not do. */
export interface TapeLoss {
  line: number;
  what: string;
}

/** A tape as a script. */
export interface ParsedTape extends ParsedScript {
  losses: TapeLoss[];
}

interface Draft {
  scanner: TapeScanner;
  file: string;
  steps: Step[];
  env: Record<string, string>;
  losses: TapeLoss[];
  /** What `Wait` waits for without a pattern, and how long without a limit. */
  waitPattern: string;
  waitTimeoutMs: number | undefined;
  clipboard: string;
}

/** Keys with the same name in a script, and those with another. */
const KEYS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["Enter", "Backspace", "Delete", "Insert", "Tab", "Escape", "Space", "Up", "Down", "Left", "Right"].map(
      (key) => [key, key],
    ),
  ),
  ...Object.fromEntries(["PageUp", "PageDown", "Home", "End"].map((key) => [key, key])),
};
const MOST_TIMES = 1_000;

/**
 * Reads a tape of VHS as a script: what is typed, pressed, pasted and waited for. How it looks and where pictures go is lost, and listed.
 * When the tape ends, its shell is hung up.
 * @param text the file's text
 * @param file its name, for errors
 * @throws CassetteError CASSETTE_SCRIPT_INVALID, with file and line.
 */
export function parseTape(text: string, file: string): ParsedTape {
  const draft: Draft = {
    scanner: createTapeScanner(text.replace(/^\ufeff/, "")),
    file,
    steps: [],
    env: {},
    losses: [],
    // The prompt that VHS gives its shell.
    waitPattern: ">$",
    waitTimeoutMs: undefined,
    clipboard: "",
  };
  for (let token = draft.scanner.next(); token !== null; token = draft.scanner.next()) {
    if (token.kind !== "word") throw invalid(draft, "a command is expected, not a text.");
    parseCommand(draft, token.value);
  }
  const { steps, env, losses } = draft;
  return { steps, env, losses, atEnd: "hangup" };
}

function parseCommand(draft: Draft, word: string): void {
  const [name = "", speed] = word.split("@");
  const key = Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
  const parse = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (key !== undefined) press(draft, key, speed);
  else if (/^(?:(?:Ctrl|Alt|Shift)\+)+\S+$/.test(name)) press(draft, name);
  else if (parse !== undefined) parse(draft, name, speed);
  else throw invalid(draft, `"${name}" is no command of a tape.`);
}

const COMMANDS: Readonly<Record<string, (draft: Draft, name: string, speed?: string) => void>> = {
  Type: (draft, _, speed) => parseType(draft, speed),
  Sleep: (draft, name) => add(draft, { kind: "sleep", ms: demandTime(draft, name) }),
  Wait: parseWait,
  "Wait+Screen": parseWait,
  "Wait+Line": parseWait,
  Set: parseSetting,
  Env(draft) {
    const name = demand(draft, "Env", "word");
    const value = draft.scanner.take("text") ?? draft.scanner.take("word") ?? "";
    const { success, issues } = v.safeParse(SETTINGS.env, { [name]: value });
    if (!success) throw invalid(draft, `Env: ${issues[0].message}`);
    draft.env[name] = value;
  },
  Source: (draft) => add(draft, { kind: "include", path: demandPath(draft, "Source") }),
  Copy(draft) {
    draft.clipboard = demand(draft, "Copy", "text");
  },
  Paste: (draft) => add(draft, { kind: "paste", text: draft.clipboard }),
  Output: (draft, name) => lose(draft, `${name} ${demandPath(draft, name)}`),
  Screenshot: (draft, name) => lose(draft, `${name} ${demandPath(draft, name)}`),
  Require: (draft, name) => lose(draft, `${name} ${demandPath(draft, name)}`),
  Hide: (draft, name) => lose(draft, `${name}: a recording has no hidden part`),
  Show: (draft, name) => lose(draft, name),
  ScrollUp: loseCount,
  ScrollDown: loseCount,
};

function parseType(draft: Draft, speed: string | undefined): void {
  if (speed !== undefined) lose(draft, `Type@${speed}: the speed of typing`);
  let text = demand(draft, "Type", "text");
  for (let more = draft.scanner.take("text"); more !== null; more = draft.scanner.take("text"))
    text += ` ${more}`;
  add(draft, { kind: "type", text });
}

function parseWait(draft: Draft, name: string, limit: string | undefined): void {
  const given = draft.scanner.take("pattern") ?? draft.waitPattern;
  const timeoutMs = limit === undefined ? draft.waitTimeoutMs : timeOf(limit);
  if (timeoutMs === null) throw invalid(draft, "Wait: a duration follows the @.");
  const scope = name === "Wait+Screen" ? "screen" : "line";
  const pattern = toPattern(draft, given);
  add(draft, {
    kind: "wait",
    for: { kind: "text", in: scope, pattern, ...(timeoutMs !== undefined && { timeoutMs }) },
  });
}

function parseSetting(draft: Draft): void {
  const name = demand(draft, "Set", "word");
  if (name === "WaitPattern") {
    draft.waitPattern = demand(draft, "Set WaitPattern", "pattern");
    return;
  }
  if (name === "WaitTimeout") {
    draft.waitTimeoutMs = demandTime(draft, "Set WaitTimeout");
    return;
  }
  lose(draft, `Set ${name} ${draft.scanner.rest()}`);
}

function press(draft: Draft, key: string, speed?: string): void {
  if (speed !== undefined) lose(draft, `${key}@${speed}: the speed of typing`);
  const times = takeCount(draft);
  if (times > MOST_TIMES) throw invalid(draft, `a key is pressed at most ${MOST_TIMES} times.`);
  add(draft, { kind: "press", keys: Array.from({ length: times }, () => key) });
}

/** A number on the same line; a word that is none belongs to the next command. */
function takeCount({ scanner }: Draft): number {
  const count = scanner.takeNumber();
  return count === null ? 1 : Number(count);
}

function loseCount(draft: Draft, name: string): void {
  lose(draft, `${name} ${takeCount(draft)}`);
}

function demand(draft: Draft, command: string, kind: "word" | "text" | "pattern"): string {
  const value = draft.scanner.take(kind);
  if (value !== null) return value;
  const what = { word: "a name", text: "a text in quotes", pattern: "a /pattern/" }[kind];
  throw invalid(draft, `${command}: ${what} is expected.`);
}

function demandPath(draft: Draft, command: string): string {
  return draft.scanner.take("text") ?? demand(draft, command, "word");
}

function demandTime(draft: Draft, command: string): number {
  const ms = timeOf(demand(draft, command, "word"));
  if (ms === null) throw invalid(draft, `${command}: a duration is a number of seconds, or has ms, s or m.`);
  return ms;
}

/** A number alone counts seconds. */
function timeOf(text: string): number | null {
  const [, number, unit = "s"] = /^(\d+(?:\.\d+)?|\.\d+)(ms|s|m)?$/.exec(text) ?? [];
  if (number === undefined) return null;
  return Math.round(Number(number) * { ms: 1, s: 1_000, m: 60_000 }[unit as "ms" | "s" | "m"]);
}

/** VHS is written in Go, whose expressions begin with their flags. */
function toPattern(draft: Draft, source: string): RegExp {
  const [, flags = "", rest = source] = /^\(\?([ims]+)\)(.*)$/s.exec(source) ?? [];
  try {
    return new RegExp(rest, flags);
  } catch {
    throw invalid(draft, "Wait: this is no regular expression.");
  }
}

function add({ steps, scanner }: Draft, action: Action): void {
  steps.push({ action, isOptional: false, number: steps.length + 1, line: scanner.line });
}

function lose({ losses, scanner }: Draft, what: string): void {
  losses.push({ line: scanner.line, what: what.trim() });
}

function invalid({ file, scanner }: Draft, message: string): CassetteError {
  return new CassetteError("CASSETTE_SCRIPT_INVALID", message, { file, line: scanner.line });
}
