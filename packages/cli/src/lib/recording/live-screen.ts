import { setTimeout as sleep } from "node:timers/promises";
import type { Clock, Screen } from "@cassette/format";
import type { TrailingEmulator } from "@cassette/frames";
import type { Condition } from "../script/steps.js";
import type { PatternTester, TestLimits } from "./pattern-tester.js";

type TextCondition = Condition & { kind: "text" };

/** A screen that is recognised by its rows, or by being settled. */
export interface KnownScreen {
  kind: "known";
  isKnown: (rows: readonly string[]) => boolean;
  /** Output must follow the last input first: until then the screen does not count as settled. */
  isOutputDue: boolean;
  settledMs: number;
  timeoutMs: number;
}

/** The screen of a running program, for waits. */
export interface LiveScreen {
  /** Call this when the emulator was fed new output. */
  changed(): void;
  /** Call this before an input: the screen counts as settled again when the program has had time to react. */
  touched(): void;
  /** Call this when the emulator can draw no more; waits fail with this error. @returns false */
  failed(error: unknown): false;
  /** Call this when the program has ended: no wait can succeed any more. */
  ended(): void;
  /** The current rows. */
  rows(): Promise<string[]>;
  /** Whether the screen shows it now. */
  shows(condition: Condition & { kind: "text" }): Promise<boolean>;
  /**
   * Waits for a condition.
   * @returns "met"; "timeout"; "ended" when the program ended before it was met.
   * @throws `signal.reason` when aborted.
   */
  waitFor(condition: Condition | KnownScreen, signal?: AbortSignal): Promise<"met" | "timeout" | "ended">;
}

/** Observes an emulator that is fed elsewhere. @param tester tests the patterns of waits. */
export function createLiveScreen(
  emulator: TrailingEmulator,
  clock: Clock,
  tester: Pick<PatternTester, "test">,
): LiveScreen {
  const wakers = new Set<() => void>();
  /** Time of the last output or input. */
  let lastStir = clock.monotonic();
  let isPrinted = false;
  let over = false;
  let failure: { error: unknown } | undefined;

  /** Counts changes, to notice one during an asynchronous check. */
  let changes = 0;

  const wake = () => {
    changes++;
    for (const waker of wakers) waker();
  };
  const shows = async (condition: TextCondition, limits: TestLimits = { timeoutMs: condition.timeoutMs }) =>
    matches(rowsToCursor(await emulator.snapshot()), condition, limits);

  function matches(
    rows: string[],
    { scope, pattern }: TextCondition,
    limits: TestLimits,
  ): boolean | Promise<boolean> {
    const texts = scope === "line" ? rows : [rows.join("\n")];
    if (typeof pattern === "string") return texts.some((text) => text.includes(pattern));
    return tester.test(pattern, texts, limits);
  }

  /** Resolves at the next change, at the end, or after `ms`. */
  async function nextChange(ms: number, signal?: AbortSignal): Promise<void> {
    const timer = new AbortController();
    const either = signal ? AbortSignal.any([signal, timer.signal]) : timer.signal;
    let waker = () => {};
    const change = new Promise<void>((resolve) => {
      waker = resolve;
      wakers.add(waker);
    });
    try {
      await Promise.race([change, sleep(ms, undefined, { signal: either })]);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      wakers.delete(waker);
      timer.abort();
    }
  }

  /** Milliseconds until a condition may hold without further output; 0 when it holds now. */
  const pending = async (condition: Condition | KnownScreen, limits: TestLimits): Promise<number> => {
    if (condition.kind === "text") return (await shows(condition, limits)) ? 0 : Number.POSITIVE_INFINITY;
    if (condition.kind === "known") {
      if (condition.isKnown((await emulator.snapshot()).text)) return 0;
      if (condition.isOutputDue && !isPrinted) return Number.POSITIVE_INFINITY;
    }
    return Math.max(0, lastStir + condition.settledMs - clock.monotonic());
  };

  return {
    changed() {
      lastStir = clock.monotonic();
      isPrinted = true;
      wake();
    },
    touched() {
      lastStir = clock.monotonic();
      isPrinted = false;
    },
    failed(error) {
      failure ??= { error };
      wake();
      return false;
    },
    ended() {
      over = true;
      wake();
    },
    rows: async () => (await emulator.snapshot()).text,
    shows: (condition) => shows(condition),
    async waitFor(condition, signal) {
      const deadline = clock.monotonic() + condition.timeoutMs;
      for (;;) {
        signal?.throwIfAborted();
        if (failure) throw failure.error;
        const seen = changes;
        const due = await pending(condition, {
          timeoutMs: Math.max(1, deadline - clock.monotonic()),
          signal,
        });
        if (due === 0) return "met";
        if (over) return condition.kind === "text" ? "ended" : "met";
        const left = deadline - clock.monotonic();
        if (left <= 0) return "timeout";
        if (seen !== changes) continue;
        await nextChange(Math.min(due, left), signal);
      }
    },
  };
}

/** Rows are trimmed, except up to the cursor, so that a script can wait for a prompt with its blank: `$ `. */
function rowsToCursor({ text, cursor }: Screen): string[] {
  return text.map((row, index) => (index === cursor.Row ? row.padEnd(cursor.Col) : row));
}
