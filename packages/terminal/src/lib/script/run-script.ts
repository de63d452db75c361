import { setTimeout as sleep } from "node:timers/promises";
import { CassetteError, isCassetteError } from "@cassette/format";
import { settledCondition, textCondition } from "../terminal/conditions.js";
import { waitFailed } from "../terminal/create-terminal.js";
import type { Terminal } from "../terminal/terminal.js";
import type { Action, Step, WaitFor } from "./steps.js";

/** What a script's steps need besides a terminal. */
export interface ScriptContext {
  /** The script's name, for errors. */
  file: string;
  /** Values of the variables that the steps name as secret. */
  secrets: ReadonlyMap<string, string>;
  signal?: AbortSignal;
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
      throw located(error, step, context.file);
    }
  }
}

async function runAction(
  action: Action,
  terminal: Terminal,
  { secrets, signal }: ScriptContext,
): Promise<unknown> {
  switch (action.kind) {
    case "wait":
      return waitFor(action.for, terminal, signal);
    case "expect":
      return demandNow(action.for, terminal, signal);
    case "sleep":
      return sleep(action.ms, undefined, { signal });
    case "mark":
      return terminal.mark(action.label);
    case "type":
      return terminal.type(action.text);
    case "secret":
      return terminal.typeSecret(secrets.get(action.variable) ?? "");
    case "press":
      return terminal.press(...action.keys);
    case "paste":
      return terminal.paste(action.text);
    case "resize":
      return terminal.resize(action.size);
    case "signal":
      return terminal.signal(action.name);
    case "hangup":
      return terminal.signal("SIGHUP");
  }
}

function conditionOf(wanted: WaitFor) {
  return wanted.kind === "settled"
    ? settledCondition(wanted.settledMs)
    : textCondition(wanted.pattern, wanted.in);
}

async function waitFor(wanted: WaitFor, terminal: Terminal, signal?: AbortSignal): Promise<void> {
  const { timeoutMs } = wanted;
  const condition = conditionOf(wanted);
  const outcome = await terminal.wait(condition, { timeoutMs, signal });
  if (outcome !== "met") throw waitFailed(condition, outcome, timeoutMs);
}

async function demandNow(
  wanted: WaitFor & { kind: "text" },
  terminal: Terminal,
  signal?: AbortSignal,
): Promise<void> {
  const { pattern, in: scope, timeoutMs } = wanted;
  if (await terminal.shows(pattern, { in: scope, timeoutMs, signal })) return;
  throw new CassetteError("CASSETTE_WAIT_FAILED", `${conditionOf(wanted).name} is not there.`);
}

/** Says which step failed; an unknown key or signal is the script's mistake. */
function located(error: unknown, { number, line }: Step, file: string): unknown {
  if (!isCassetteError(error)) return error;
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
