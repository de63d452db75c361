import { setTimeout as sleep } from "node:timers/promises";
import { CassetteError, isCassetteError } from "@cassette/format";
import type { InputTarget } from "../recording/run-session.js";
import type { Action, Condition, Step } from "./steps.js";

/** What a script acts on. */
export interface ScriptTarget extends InputTarget {
  /** Values of the variables that the script's steps name as secret. */
  secrets: ReadonlyMap<string, string>;
}

/**
 * Runs a script's steps one after another.
 * @throws CassetteError CASSETTE_WAIT_FAILED when a wait or an expectation fails, CASSETTE_SCRIPT_INVALID for a key or
 * a signal that does not exist, each with file and line; `signal.reason` when aborted.
 */
export async function runScript(
  steps: readonly Step[],
  file: string,
  target: ScriptTarget,
  signal?: AbortSignal,
): Promise<void> {
  for (const step of steps) {
    signal?.throwIfAborted();
    try {
      await runAction(step.action, target, signal);
    } catch (error) {
      throw located(error, step, file);
    }
  }
}

async function runAction(action: Action, target: ScriptTarget, signal?: AbortSignal): Promise<void> {
  const { screen, mark } = target;
  switch (action.kind) {
    case "wait":
      return assertMet(await screen.waitFor(action.condition, signal), action.condition);
    case "expect":
      return assertMet((await screen.shows(action.condition)) ? "met" : "absent", action.condition);
    case "sleep":
      await sleep(action.ms, undefined, { signal });
      return;
    case "mark":
      return mark(action.label);
    default:
      screen.touched();
      return act(action, target);
  }
}

/** Does something to the program. */
async function act(
  action: Exclude<Action, { kind: "wait" | "expect" | "sleep" | "mark" }>,
  { session, secrets }: ScriptTarget,
): Promise<void> {
  switch (action.kind) {
    case "type":
      return session.sendText(action.text);
    case "secret":
      return session.send(Buffer.from(secrets.get(action.variable) ?? ""), "secret");
    case "press":
      for (const key of action.keys) await session.sendKey(key);
      return;
    case "paste":
      return session.paste(action.text);
    case "resize":
      return session.resize(action.size);
    case "signal":
      return session.signal(action.name);
    case "hangup":
      return session.signal("SIGHUP");
  }
}

type WaitResult = "met" | "timeout" | "ended" | "absent";

function assertMet(result: WaitResult, condition: Condition): void {
  if (result === "met") return;
  const what = describe(condition);
  const why = {
    timeout: `${what} did not come within ${condition.timeoutMs} ms.`,
    ended: `The program ended before ${what} came.`,
    absent: `${what} is not there.`,
  }[result];
  throw new CassetteError("CASSETTE_WAIT_FAILED", why);
}

function describe(condition: Condition): string {
  if (condition.kind === "settled") return `a rest of ${condition.settledMs} ms`;
  const { pattern, scope } = condition;
  const text = typeof pattern === "string" ? JSON.stringify(pattern) : String(pattern);
  return scope === "line" ? `a line with ${text}` : text;
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
