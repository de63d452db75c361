import { CassetteError, type PtyExit, type PtySession, type Sleeper } from "@cassette/format";
import { createPatternTester } from "../patterns/pattern-tester.js";
import type { Condition, WaitOutcome } from "./condition.js";
import { EXIT_CONDITION, settledCondition, textCondition } from "./conditions.js";
import type { Display } from "./display.js";
import { noteAction, type Progress } from "./progress.js";
import type { Terminal, WaitOptions } from "./terminal.js";
import { DEFAULT_WAIT_MS, type WaitTools, waitUntil, watched } from "./wait.js";

/** The parts of a terminal. The reader of the session's events notes them in the progress. */
export interface TerminalParts {
  session: PtySession;
  progress: Progress;
  /** The screen after the last event that the progress knows. */
  screen: Display["screen"];
  /** Notes a mark. */
  mark: (label: string) => Promise<void>;
  sleep: Sleeper;
  /** Ends the session and whatever takes its events. */
  close: () => Promise<void>;
}

/** Makes a terminal over a session whose events another reader takes. */
export function createTerminal({ session, progress, screen, mark, sleep, close }: TerminalParts): Terminal {
  const tools: WaitTools = { progress, screen, sleep, tester: createPatternTester() };
  const wait = (condition: Condition, options?: WaitOptions) => waitUntil(condition, tools, options);

  /** Does something to the program: it comes to rest again once it has had time to react. */
  async function act(action: () => Promise<void>): Promise<void> {
    noteAction(progress);
    await action();
  }

  /** Types something. Its echo is found again by what is in front of it. */
  async function input(action: () => Promise<void>): Promise<void> {
    // Typed before the echo of the line before has come, it is echoed in a row of its own.
    const isAhead = progress.echoes.length > 0 && !progress.isPrinted;
    progress.beforeCursor = isAhead ? "" : await textBeforeCursor(screen);
    await act(action);
  }

  async function demand(condition: Condition, options?: WaitOptions): Promise<void> {
    const outcome = await wait(condition, options);
    if (outcome !== "met") throw waitFailed(condition, outcome, options?.timeoutMs);
  }

  const closeAll = async () => {
    await tools.tester.close();
    await close();
  };
  return {
    session,
    type: (text) => input(() => session.sendText(text)),
    typeSecret: (text) => act(() => session.send(Buffer.from(text), "secret")),
    press: (...keys) =>
      input(async () => {
        for (const key of keys) await session.sendKey(key);
      }),
    send: (bytes) => input(() => session.send(bytes)),
    paste: (text) => input(() => session.paste(text)),
    resize: (size) => act(() => session.resize(size)),
    signal: (name) => act(() => session.signal(name)),
    mark,
    screen: (options = { cells: true }) => screen(options),
    async shows(wanted, { in: scope, timeoutMs = DEFAULT_WAIT_MS, signal } = {}) {
      return (await textCondition(wanted, scope).look(watched(tools, { timeoutMs, signal }))) === "met";
    },
    async waitFor(wanted, { in: scope, ...options } = {}) {
      await demand(textCondition(wanted, scope), options);
      return screen({ cells: true });
    },
    async waitSettled(settledMs, options) {
      await demand(settledCondition(settledMs), options);
      return screen({ cells: true });
    },
    async waitForExit(options): Promise<PtyExit> {
      await demand(EXIT_CONDITION, options);
      return progress.exit ?? { code: null, signal: null };
    },
    wait,
    close: closeAll,
    [Symbol.asyncDispose]: closeAll,
  };
}

/** A screen that cannot be drawn fails the next wait, not the typing. */
async function textBeforeCursor(screen: Display["screen"]): Promise<string> {
  const shown = await screen().catch(() => null);
  if (!shown) return "";
  const { text, cursor } = shown;
  return (text[cursor.Row] ?? "").padEnd(cursor.Col).slice(0, cursor.Col);
}

/** Says what did not come, and why. */
export function waitFailed(
  { name }: Condition,
  outcome: Exclude<WaitOutcome, "met">,
  timeoutMs = DEFAULT_WAIT_MS,
): CassetteError {
  const why =
    outcome === "timeout"
      ? `${name} did not appear within ${timeoutMs} ms.`
      : `The program ended before ${name} came.`;
  return new CassetteError("CASSETTE_WAIT_FAILED", why);
}
