import { CassetteError, isCassetteError } from "@cassette/format";
import type { Condition } from "../terminal/condition.js";
import { EXIT_CONDITION, settledCondition, textCondition } from "../terminal/conditions.js";
import { waitFailed } from "../terminal/create-terminal.js";
import type { Terminal } from "../terminal/terminal.js";
import { closestRow } from "./closest-row.js";
import type { Action, Step, WaitFor } from "./steps.js";

/** What a script's steps need besides a terminal. */
export interface ScriptContext {
  /** The script's name, for errors. */
  file: string;
  /** Values of the variables that the steps name as secret. */
  secrets: ReadonlyMap<string, string>;
  /** The steps of the scripts that steps include, by the path that they write. */
  included?: ReadonlyMap<string, IncludedScript>;
  signal?: AbortSignal;
}

/** A script that another one includes. */
export interface IncludedScript extends Pick<ScriptContext, "file" | "included"> {
  steps: readonly Step[];
}

/**
 * Runs a script's steps one after another.
 * @throws CassetteError CASSETTE_WAIT_FAILED when a wait or an expectation fails, CASSETTE_SCRIPT_INVALID for a key or
 * a signal that does not exist, each with file and line; `signal.reason` when aborted.
 */
export async function runScript(
  steps: readonly Step[],
  terminal: Terminal,
  context: ScriptContext,
): Promise<void> {
  for (const step of steps) {
    context.signal?.throwIfAborted();
    try {
      await runAction(step.action, terminal, context);
    } catch (error) {
      if (step.isOptional && mayBePassedOver(error)) continue;
      throw located(error, step, context.file);
    }
  }
}

/** Errors that an optional step may have: its text does not appear, or the program has ended. */
function mayBePassedOver(error: unknown): boolean {
  return isCassetteError(error, "CASSETTE_WAIT_FAILED") || isCassetteError(error, "CASSETTE_SESSION_CLOSED");
}

type Run<A> = (action: A, terminal: Terminal, context: ScriptContext) => unknown;

/** What each kind of action does. */
const ACTIONS: { readonly [Kind in Action["kind"]]: Run<Extract<Action, { kind: Kind }>> } = {
  wait: (action, terminal, { signal }) => waitFor(action.for, terminal, signal),
  expect: (action, terminal, { signal }) => demandNow(action.for, terminal, signal),
  // A sleep ends early when the program ends: no more output can come.
  sleep: ({ ms: timeoutMs }, terminal, { signal }) => terminal.wait(EXIT_CONDITION, { timeoutMs, signal }),
  mark: ({ label }, terminal) => terminal.mark(label),
  type: ({ text }, terminal) => terminal.type(text),
  secret: ({ variable }, terminal, { secrets }) => terminal.typeSecret(secrets.get(variable) ?? ""),
  press: ({ keys }, terminal) => terminal.press(...keys),
  paste: ({ text }, terminal) => terminal.paste(text),
  resize: ({ size }, terminal) => terminal.resize(size),
  signal: ({ name }, terminal) => terminal.signal(name),
  hangup: (_, terminal) => terminal.signal("SIGHUP"),
  async repeat({ times, steps }, terminal, context) {
    for (let time = 0; time < times; time++) await runScript(steps, terminal, context);
  },
  include({ path }, terminal, context) {
    const script = context.included?.get(path);
    return script && runScript(script.steps, terminal, { ...context, ...script });
  },
};

async function runAction(action: Action, terminal: Terminal, context: ScriptContext): Promise<void> {
  await (ACTIONS[action.kind] as Run<Action>)(action, terminal, context);
}

function conditionOf(wanted: WaitFor): Condition {
  if (wanted.kind === "ended") return EXIT_CONDITION;
  return wanted.kind === "settled"
    ? settledCondition(wanted.settledMs)
    : textCondition(wanted.pattern, wanted.in);
}

async function waitFor(wanted: WaitFor, terminal: Terminal, signal?: AbortSignal): Promise<void> {
  const { timeoutMs } = wanted;
  const condition = conditionOf(wanted);
  const outcome = await terminal.wait(condition, { timeoutMs, signal });
  if (outcome === "met") return;
  const { code, message } = waitFailed(condition, outcome, timeoutMs);
  throw new CassetteError(code, message, { hint: await closestHint(wanted, terminal) });
}

async function demandNow(
  wanted: WaitFor & { kind: "text" },
  terminal: Terminal,
  signal?: AbortSignal,
): Promise<void> {
  const { pattern, in: scope, timeoutMs } = wanted;
  if (await terminal.shows(pattern, { in: scope, timeoutMs, signal })) return;
  const message = `${conditionOf(wanted).name} is not on the screen.`;
  throw new CassetteError("CASSETTE_WAIT_FAILED", message, { hint: await closestHint(wanted, terminal) });
}

/** Names the row that comes closest to a text, without its content: errors contain nothing of a recording. */
async function closestHint(wanted: WaitFor, terminal: Terminal): Promise<string | undefined> {
  if (wanted.kind !== "text" || typeof wanted.pattern !== "string") return undefined;
  const screen = await terminal.screen({}).catch(() => null);
  const row = screen && closestRow(wanted.pattern, screen.text);
  return row === null ? undefined : `Row ${row + 1} of the screen comes closest to it.`;
}

/** Says which step failed; an unknown key or signal is the script's mistake. The innermost place of a repetition or an include counts. */
function located(error: unknown, { number, line }: Step, file: string): unknown {
  if (!isCassetteError(error) || error.line !== undefined) return error;
  const isMistake = ["CASSETTE_KEY_UNKNOWN", "CASSETTE_SIGNAL_UNKNOWN", "CASSETTE_SIZE_INVALID"].includes(
    error.code,
  );
  const isTooLate = error.code === "CASSETTE_SESSION_CLOSED";
  const code = isMistake ? "CASSETTE_SCRIPT_INVALID" : isTooLate ? "CASSETTE_WAIT_FAILED" : error.code;
  const message = isTooLate ? "The program had already ended." : error.message;
  return new CassetteError(code, `Step ${number}: ${message}`, {
    hint: error.hint,
    file,
    line,
    cause: error,
  });
}
