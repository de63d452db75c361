import type { Sleeper } from "@cassette/format";
import type { PatternTester } from "../patterns/pattern-tester.js";
import type { Condition, WaitOutcome, Watched } from "./condition.js";
import type { Display } from "./display.js";
import { hideEchoes } from "./echoes.js";
import type { Progress } from "./progress.js";
import type { WaitOptions } from "./terminal.js";

/** The limit of a wait that names none. */
export const DEFAULT_WAIT_MS = 15_000;

/** What waits look at, and how they take time. */
export interface WaitTools {
  progress: Progress;
  screen: Display["screen"];
  tester: PatternTester;
  sleep: Sleeper;
}

/**
 * Looks at each change, and when the condition asks for it, until it is met, cannot be met any more, or the time is over.
 * @throws `signal.reason` when aborted; why the session failed; CassetteError `CASSETTE_WAIT_FAILED` for a pattern that takes too long.
 */
export async function waitUntil(
  condition: Condition,
  tools: WaitTools,
  { timeoutMs = DEFAULT_WAIT_MS, signal }: WaitOptions = {},
): Promise<WaitOutcome> {
  const { progress, sleep } = tools;
  const { changes, clock } = progress;
  const deadline = clock.monotonic() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    if (progress.failure) {
      progress.failure.isReported = true;
      throw progress.failure.error;
    }
    const { count } = changes;
    const left = () => deadline - clock.monotonic();
    const seen = await condition.look(watched(tools, { timeoutMs: Math.max(1, left()), signal }));
    if (typeof seen === "string") return seen;
    const ms = Math.min(left(), seen.afterMs);
    if (left() <= 0) return "timeout";
    await changes.after(count, (over) => sleep(ms, signal ? AbortSignal.any([signal, over]) : over));
  }
}

/** What a condition sees now. */
export function watched(
  { progress, screen, tester }: WaitTools,
  limits: { timeoutMs: number; signal?: AbortSignal },
): Watched {
  const { clock, lastStirMs, isPrinted, hasPrinted, echoes, isOver, exit } = progress;
  return {
    screen,
    withoutEchoes: (rows, cols) => hideEchoes(rows, cols, echoes),
    quietMs: clock.monotonic() - lastStirMs,
    isPrinted,
    hasPrinted,
    isOver,
    exit,
    matches: (pattern, texts) => tester.test(pattern, texts, limits),
  };
}
